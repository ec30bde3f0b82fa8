"""Uploading one picture: ask for an address, send the bytes at once, wait a little."""

import time
from pathlib import Path

from integrations.errors import Refused
from integrations.linkedin.calls import Calls, value_of
from integrations.linkedin.trust import upload_address


def upload_image(calls: Calls, file: Path) -> str:
    """The URN of the uploaded picture; its file was re-encoded before it came here."""
    owner = {"owner": author_of(calls.access.member_id)}
    answer = calls.rest(
        "POST",
        "/rest/images?action=initializeUpload",
        {"initializeUploadRequest": owner},
    )
    value = value_of(answer)
    headers = {
        "Authorization": f"Bearer {calls.access.token}",
        "Content-Type": "application/octet-stream",
    }
    address = upload_address(calls.settings, value.get("uploadUrl"))
    calls.send("PUT", address, headers, file.read_bytes())
    # The state may not be read with a member's permission, so wait instead of asking.
    time.sleep(calls.settings.patience.picture)
    return media_urn(value.get("image"))


def author_of(member_id: str) -> str:
    """The member's URN: the one place that builds it, never from an empty id."""
    if not member_id:
        raise Refused("the member's id is missing", code="member")
    return f"urn:li:person:{member_id}"


def media_urn(urn: object) -> str:
    """The URN an answer names, or a refusal when it names none."""
    if not isinstance(urn, str) or not urn.startswith("urn:li:"):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return urn
