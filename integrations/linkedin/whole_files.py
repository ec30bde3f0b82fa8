"""The two steps that pictures and documents share: an address, then all bytes at once."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from integrations.file_body import FileBody
from integrations.http_messages import Answer
from integrations.linkedin.calls import Calls, value_of
from integrations.linkedin.trust import upload_address
from integrations.linkedin.urns import author_of
from integrations.refused_files import sending_a_file


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
    with sending_a_file("LinkedIn"):
        return calls.send("PUT", address, headers, data)
