"""Connecting a person's LinkedIn account: OAuth 2.0 as LinkedIn speaks it.

Its dialect: the client's secret stands in the body, scopes are asked for with spaces
and come back with commas, and PKCE makes the round fail, so `state` is the only guard.
"""

from typing import Any

from integrations.breaker import Breaker
from integrations.errors import NotDone, Refused
from integrations.granted import scopes_in, token_in
from integrations.linkedin.grants import grant_of
from integrations.linkedin.identity import read_identity
from integrations.linkedin.scopes import SCOPES
from integrations.linkedin.settings import LinkedInSettings
from integrations.linkedin.token_calls import TokenCalls
from integrations.network import Capability, Grant, TokenState


class LinkedInSignOn:
    """A `SignOn` for LinkedIn."""

    def __init__(
        self, settings: LinkedInSettings, breaker: Breaker | None = None
    ) -> None:
        """Nothing is sent yet; `breaker` is shared with others who call LinkedIn."""
        self._settings = settings
        self._breaker = breaker or Breaker()

    def scopes_for(self, wanted: frozenset[Capability]) -> frozenset[str]:
        """The scopes that these need, and no others."""
        return frozenset(scope for each in wanted for scope in SCOPES[each])

    def authorize_address(self, state: str, scopes: frozenset[str]) -> str:
        """LinkedIn's consent screen for these scopes."""
        # Read where it is needed: a worker signs nobody on, and the libraries take 6 MB.
        from integrations.linkedin import code_round  # noqa: PLC0415

        return code_round.authorize_address(self._settings, state, sorted(scopes))

    def finish(self, address: str, state: str) -> Grant:
        """Trade the code for a token, then ask whose it is.

        The granted scopes may differ from the wanted ones; the caller compares.
        """
        from integrations.linkedin import code_round  # noqa: PLC0415 – as above

        token = code_round.trade_code(self._settings, self._breaker, address, state)
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
