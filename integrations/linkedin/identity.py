"""Whose token it is: LinkedIn's userinfo, asked once when an account is connected."""

import time

from integrations.errors import AccessExpired, Refused
from integrations.linkedin.answers import Answer
from integrations.linkedin.calls import Calls
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import Access


def read_identity(settings: LinkedInSettings, token: str) -> tuple[str, str]:
    """Id and name of the member behind a token that was made a moment ago."""
    said = _userinfo(settings, token).said()
    member_id = str(said.get("sub") or "")
    if not member_id:
        raise Refused("LinkedIn did not say whose account it is", code="sub")
    parts = [said.get("given_name"), said.get("family_name")]
    whole = " ".join(str(part) for part in parts if part)
    return member_id, str(said.get("name") or whole)


def _userinfo(settings: LinkedInSettings, token: str) -> Answer:
    """A new token may be called revoked for some seconds; later that would be true."""
    address = f"{settings.api_base}/v2/userinfo"
    headers = {"Authorization": f"Bearer {token}"}
    with Calls(settings, Access(token, "")) as calls:
        for pause in settings.patience.fresh_token:
            try:
                return calls.send("GET", address, headers)
            except AccessExpired as error:
                if not error.code.startswith("401"):
                    raise
            time.sleep(pause)
        return calls.send("GET", address, headers)
