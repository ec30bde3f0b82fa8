"""Connecting a person's LinkedIn account: OAuth 2.0 as LinkedIn speaks it.

Its dialect: the client's secret stands in the body, scopes are asked for with spaces
and come back with commas, and PKCE makes the round fail, so `state` is the only guard.
"""

import logging
import os
import re
from typing import Any
from urllib.parse import urlsplit

import requests
from oauthlib.oauth2 import OAuth2Error
from requests_oauthlib import OAuth2Session

from integrations.bounded_http import bound_session
from integrations.breaker import Breaker
from integrations.errors import NotDone, Refused
from integrations.granted import scopes_in, token_in
from integrations.linkedin.grants import grant_of, readable
from integrations.linkedin.identity import read_identity
from integrations.linkedin.scopes import SCOPES
from integrations.linkedin.settings import LinkedInSettings
from integrations.linkedin.token_calls import TokenCalls
from integrations.network import Capability, Grant, SignOnCancelled, TokenState

CANCELLED = {"user_cancelled_login", "user_cancelled_authorize"}

# At its most talkative this library logs request bodies and tokens.
for talker in ("requests_oauthlib.oauth2_session", "oauthlib"):
    logging.getLogger(talker).setLevel(logging.INFO)


class LinkedInSignOn:
    """A `SignOn` for LinkedIn."""

    def __init__(
        self, settings: LinkedInSettings, breaker: Breaker | None = None
    ) -> None:
        """Nothing is sent yet; `breaker` is shared with others who call LinkedIn."""
        self._settings = settings
        self._breaker = breaker or Breaker()
        addresses = (settings.oauth_base, settings.redirect_address)
        if any(urlsplit(address).scheme == "http" for address in addresses):
            # oauthlib has one switch for the sandbox and a developer's machine.
            os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"

    def scopes_for(self, wanted: frozenset[Capability]) -> frozenset[str]:
        """The scopes that these need, and no others."""
        return frozenset(scope for each in wanted for scope in SCOPES[each])

    def authorize_address(self, state: str, scopes: frozenset[str]) -> str:
        """LinkedIn's consent screen for these scopes."""
        with self._session(sorted(scopes)) as session:
            address, _ = session.authorization_url(
                f"{self._settings.oauth_base}/oauth/v2/authorization", state=state
            )
        return str(address)

    def finish(self, address: str, state: str) -> Grant:
        """Trade the code for a token, then ask whose it is.

        The granted scopes may differ from the wanted ones; the caller compares.
        """
        token = self._token(address, state)
        value, scopes = token_in(token["access_token"]), scopes_in(token.get("scope"))
        whose = read_identity(self._settings, value, scopes, self._breaker)
        return grant_of(token, *whose)

    def refresh(self, refresh_token: str, member_id: str) -> Grant:
        """A new token for the same member, where LinkedIn gave a refresh token.

        The refresh token's end does not move. Scopes and name are empty where LinkedIn
        leaves them out: they are what they were.
        """
        fields = {"grant_type": "refresh_token", "refresh_token": refresh_token}
        try:
            token = self._told("accessToken", fields)
        except Refused as error:
            if error.code != "invalid_client":
                raise
            # Our own secret is wrong: no reason to give a member's token up.
            raise NotDone(
                "LinkedIn does not know our secret", code=error.code
            ) from error
        try:
            return grant_of(token, member_id, "")
        except Refused as error:  # by us: the old token is as good as before
            raise NotDone(str(error), code=error.code) from error

    def token_state(self, token: str) -> TokenState:
        """The one documented way to tell an expired from a revoked token (1.6)."""
        said = self._told("introspectToken", {"token": token})
        try:
            return TokenState(str(said.get("status")))
        except ValueError as error:
            raise Refused(
                "LinkedIn's answer is not what we know", code="shape"
            ) from error

    def revoke(self, token: str) -> bool:
        """Best effort: what LinkedIn answers here is not documented."""
        try:
            with TokenCalls(self._settings, self._breaker) as calls:
                calls.ask("revoke", {"token": token})
        except (NotDone, Refused):
            return False
        return True

    def _told(self, path: str, fields: dict[str, str]) -> dict[str, Any]:
        with TokenCalls(self._settings, self._breaker) as calls:
            said = calls.ask(path, fields).said()
        if not said:
            raise NotDone("LinkedIn's answer is not what we know", code="shape")
        return said

    def _token(self, address: str, state: str) -> dict[str, Any]:
        if not state:
            # The library would leave the comparison out.
            raise Refused("the state is missing", code="mismatching_state")
        patience = self._settings.patience
        # A proxy in front may have changed scheme and host: only the query counts.
        back = f"{self._settings.redirect_address}?{urlsplit(address).query}"
        with self._session(None, state) as session:
            try:
                return session.fetch_token(
                    f"{self._settings.oauth_base}/oauth/v2/accessToken",
                    authorization_response=back,
                    client_secret=self._settings.client_secret,
                    include_client_id=True,
                    timeout=(patience.connect, patience.answer),
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
        self, scopes: list[str] | None, state: str | None = None
    ) -> OAuth2Session:
        session = OAuth2Session(
            self._settings.client_id,
            redirect_uri=self._settings.redirect_address,
            scope=scopes,
            state=state,
        )
        bound_session(session, self._breaker, self._settings.ca_file)
        session.max_redirects = 0
        session.register_compliance_hook("access_token_response", readable)
        return session
