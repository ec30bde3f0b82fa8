"""The round by way of the member's browser, which ends in a token (linkedin.md 1.1).

Only pages make it, so only they read these libraries: see `sign_on`.
"""

import logging
import os
import re
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

from integrations.bounded_http import Bounds
from integrations.breaker import Breaker
from integrations.errors import NotDone, Refused
from integrations.granted import scopes_in
from integrations.linkedin.bound_session import bound_session
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import SignOnCancelled

CANCELLED = {"user_cancelled_login", "user_cancelled_authorize"}

# Talkative, this library logs request bodies and tokens.
for talker in ("requests_oauthlib.oauth2_session", "oauthlib"):
    logging.getLogger(talker).setLevel(logging.WARNING)


def authorize_address(settings: LinkedInSettings, state: str, scopes: list[str]) -> str:
    """LinkedIn's consent screen for these scopes."""
    with _session(settings, scopes, state) as session:
        address, _ = session.authorization_url(
            f"{settings.oauth_base}/oauth/v2/authorization", state=state
        )
    return str(address)


def trade_code(
    settings: LinkedInSettings, breaker: Breaker, address: str, state: str
) -> dict[str, Any]:
    """LinkedIn's answer about a token, for the code in the address it sent back to."""
    if not state:
        # The library would leave the comparison out.
        raise Refused("the state is missing", code="mismatching_state")
    # A proxy in front may have changed scheme and host: only the query counts.
    back = f"{settings.redirect_address}?{urlsplit(address).query}"
    with _session(settings, None, state) as session:
        patience = settings.patience
        bounds = Bounds(patience.connect, patience.answer, settings.ca_file)
        bound_session(session, breaker, bounds)
        session.register_compliance_hook("access_token_response", readable)
        try:
            return session.fetch_token(
                f"{settings.oauth_base}/oauth/v2/accessToken",
                authorization_response=back,
                client_secret=settings.client_secret,
                include_client_id=True,
            )
        except OAuth2Error as error:
            if error.error in CANCELLED:
                raise SignOnCancelled from error
            reason = "LinkedIn refused to connect the account"
            known = re.fullmatch(r"[a-z_]{1,60}", str(error.error))
            raise Refused(reason, code=known[0] if known else "") from error
        except requests.RequestException as error:
            code = type(error).__name__
            raise NotDone("LinkedIn could not be reached", code=code) from error


def _session(
    settings: LinkedInSettings, scopes: list[str] | None, state: str
) -> OAuth2Session:
    if any(
        urlsplit(address).scheme == "http"
        for address in (settings.oauth_base, settings.redirect_address)
    ):
        # oauthlib has one switch for the sandbox and a developer's machine.
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
    return OAuth2Session(
        settings.client_id,
        redirect_uri=settings.redirect_address,
        scope=scopes,
        state=state,
    )


def readable(answer: requests.Response) -> requests.Response:
    """An error page is no token, but the library would read it as a broken one."""
    if answer.status_code >= 500 or answer.status_code == 429:
        raise NotDone("LinkedIn is out of order", code=str(answer.status_code))
    said = _json_object(answer)
    if said is None or not _is_known(said):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return answer


def _is_known(said: dict[str, Any]) -> bool:
    """Whether the library can read it: it takes the kinds of these for granted."""
    if "error" in said:
        return isinstance(said["error"], str)
    scopes_in(said.get("scope"))
    span = said.get("expires_in")
    if isinstance(span, str):
        return re.fullmatch(r"[0-9]{1,20}", span) is not None
    return isinstance(span, int | None) or (isinstance(span, float) and isfinite(span))


def _json_object(answer: requests.Response) -> dict[str, Any] | None:
    """The answer's JSON object; None when it is anything else."""
    try:
        said = answer.json()
    except (ValueError, RecursionError):  # or it nests without end
        return None
    return said if isinstance(said, dict) else None
