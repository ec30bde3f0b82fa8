"""Whose token it is, asked once when an account is connected.

An app that posts asks userinfo; an app for figures has no sign-in product, and asks for
the member's profile instead (linkedin.md 1.8). The ids need not be the same.
"""

import time
from collections.abc import Callable

from integrations.breaker import Breaker
from integrations.errors import AccessExpired
from integrations.granted import member_id_in, name_in
from integrations.http_messages import Answer
from integrations.linkedin.calls import Calls
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import Access

PROFILE = "r_basicprofile"


def read_identity(
    settings: LinkedInSettings, token: str, scopes: frozenset[str], breaker: Breaker
) -> tuple[str, str]:
    """Id and name of the member behind a token that was made a moment ago."""
    with Calls(settings, Access(token, ""), breaker, hurried=True) as calls:
        if PROFILE in scopes:
            said = _when_known(calls, _profile).said()
            member_id = said.get("id")
            names = [said.get("localizedFirstName"), said.get("localizedLastName")]
        else:
            said = _when_known(calls, _userinfo).said()
            member_id = said.get("sub")
            names = [said.get("given_name"), said.get("family_name")]
    whole = " ".join(name_in(name) for name in names if name)
    return member_id_in(member_id, "sub"), name_in(said.get("name") or whole)


def _userinfo(calls: Calls) -> Answer:
    headers = {"Authorization": f"Bearer {calls.access.token}"}
    return calls.send("GET", f"{calls.settings.api_base}/v2/userinfo", headers)


def _profile(calls: Calls) -> Answer:
    return calls.rest("GET", "/rest/me")


def _when_known(calls: Calls, ask: Callable[[Calls], Answer]) -> Answer:
    """A new token may be called revoked for some seconds; later that would be true."""
    for pause in calls.settings.patience.fresh_token:
        try:
            return ask(calls)
        except AccessExpired as error:
            if not error.code.startswith("401"):
                raise
        time.sleep(pause)
    return ask(calls)
