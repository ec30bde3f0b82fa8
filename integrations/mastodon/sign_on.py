"""Connecting a person's Mastodon account: OAuth 2.0, with PKCE."""

import base64
import hashlib
import hmac
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from integrations.breaker import Breaker
from integrations.clock import now
from integrations.errors import AccessExpired, NotDone, Refused
from integrations.granted import member_id_in, name_in, scopes_in, token_in
from integrations.mastodon.calls import Calls
from integrations.mastodon.scopes import scopes_for
from integrations.mastodon.settings import MastodonSettings
from integrations.network import Capability, Grant, SignOnCancelled, TokenState

CANCELLED = "access_denied"


class MastodonSignOn:
    """A `SignOn` for one Mastodon server."""

    def __init__(
        self, settings: MastodonSettings, breaker: Breaker | None = None
    ) -> None:
        """Nothing is sent yet; `breaker` is shared with others who call Mastodon."""
        self._settings = settings
        self._breaker = breaker or Breaker()

    def scopes_for(self, wanted: frozenset[Capability]) -> frozenset[str]:
        """The scopes that these need, and no others."""
        return scopes_for(wanted)

    def authorize_address(self, state: str, scopes: frozenset[str]) -> str:
        """The server's consent screen for these scopes."""
        query = {
            "response_type": "code",
            "client_id": self._settings.client_id,
            "redirect_uri": self._settings.redirect_address,
            "scope": " ".join(sorted(scopes)),
            "state": state,
            "code_challenge": _encoded(hashlib.sha256(self._verifier(state)).digest()),
            "code_challenge_method": "S256",
        }
        return f"{self._settings.base}/oauth/authorize?{urlencode(query)}"

    def finish(self, address: str, state: str) -> Grant:
        """Trade the code for a token, then ask whose it is."""
        said = self._token(_code(address, state), state)
        token, scopes = token_in(said.get("access_token")), scopes_in(said.get("scope"))
        with self._calls(token) as calls:
            whose = calls.api("GET", "/api/v1/accounts/verify_credentials").said()
        return Grant(
            token=token,
            refresh_token=None,
            scopes=scopes,
            expires_at=now() + timedelta(days=self._settings.token_days),
            refresh_expires_at=None,
            member_id=member_id_in(whose.get("id"), "id"),
            member_name=_name(whose, self._settings.host),
        )

    def refresh(self, refresh_token: str, member_id: str) -> Grant:
        """Never: Mastodon's tokens do not end, so it gives nothing to renew them."""
        del refresh_token, member_id
        raise Refused("Mastodon gives no refresh tokens", code="no_refresh")

    def token_state(self, token: str) -> TokenState:
        """Ask whose it is: for a token that is no good the refusal says why."""
        with self._calls(token) as calls:
            try:
                calls.api("GET", "/api/v1/accounts/verify_credentials")
            except AccessExpired as error:
                if error.code.startswith("403"):
                    raise
                return TokenState.REVOKED
        return TokenState.ACTIVE

    def revoke(self, token: str) -> bool:
        """Ask the server to forget the token; nothing else would end it."""
        try:
            with self._calls() as calls:
                calls.api("POST", "/oauth/revoke", {"token": token} | self._client())
        except (NotDone, Refused):
            return False
        return True

    def _token(self, code: str, state: str) -> dict[str, Any]:
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._settings.redirect_address,
            "code_verifier": self._verifier(state).decode(),
        }
        with self._calls() as calls:
            # A code is good once, so the call is made once.
            return calls.once("/oauth/token", fields | self._client()).said()

    def _calls(self, token: str = "") -> Calls:
        return Calls(self._settings, token, self._breaker, hurried=True)

    def _client(self) -> dict[str, str]:
        return {
            "client_id": self._settings.client_id,
            "client_secret": self._settings.client_secret,
        }

    def _verifier(self, state: str) -> bytes:
        """PKCE's secret: made of the state, so that nothing else has to be kept."""
        secret = self._settings.client_secret.encode()
        return _encoded(hmac.digest(secret, state.encode(), "sha256")).encode()


def _code(address: str, state: str) -> str:
    """The code in the address that the browser was sent back to."""
    query = {
        name: found[0] for name, found in parse_qs(urlsplit(address).query).items()
    }
    if not state or not hmac.compare_digest(
        query.get("state", "").encode(), state.encode()
    ):
        raise Refused("the state is not the one we gave", code="mismatching_state")
    if query.get("error") == CANCELLED:
        raise SignOnCancelled
    if "code" not in query:
        raise Refused("Mastodon refused to connect the account", code="no_code")
    return query["code"]


def _name(whose: dict[str, Any], host: str) -> str:
    """What people call themselves, and the handle that is theirs alone."""
    handle = f"@{name_in(whose.get('username'))}@{host}"
    shown = name_in(whose.get("display_name"))
    return f"{shown} ({handle})" if shown else handle


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
