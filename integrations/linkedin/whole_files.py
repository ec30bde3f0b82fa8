"""The two steps that pictures and documents share: an address, then all bytes at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from integrations.errors import MediaRefused, Refused
from integrations.file_body import FileBody
from integrations.linkedin.calls import Calls, value_of
from integrations.linkedin.trust import upload_address
from integrations.linkedin.urns import author_of
from integrations.repeatable_calls import Answer

# Statuses that speak of what is sent; others of the address or of who sends.
ABOUT_THE_FILE = ("400", "413", "415", "422")


def announce(calls: Calls, resource: str, **more: Any) -> dict[str, Any]:
    """Ask `/rest/<resource>` where a file of the member's may be sent."""
    request = {"owner": author_of(calls.access.member_id)} | more
    answer = calls.rest(
        "POST",
        f"/rest/{resource}?action=initializeUpload",
        {"initializeUploadRequest": request},
    )
    return value_of(answer)


def send_whole(calls: Calls, address: object, file: Path) -> None:
    """One request: a file sent in pieces would end as its last piece."""
    headers = {
        "Authorization": f"Bearer {calls.access.token}",
        "Content-Type": "application/octet-stream",
    }
    to = upload_address(calls.settings, address)
    send_file(calls, to, headers, FileBody(file))


def send_file(
    calls: Calls, address: str, headers: Mapping[str, str], data: Any
) -> Answer:
    """Send the bytes of a file; what LinkedIn then finds wrong is the file."""
    try:
        return calls.send("PUT", address, headers, data)
    except Refused as error:
        if not error.code.startswith(ABOUT_THE_FILE):
            raise
        raise MediaRefused(
            "LinkedIn does not take the file", code=error.code
        ) from error
