"""A video's way to the network, step by step, with plain requests."""

from typing import Any

import requests

from tests.integrations.linkedin_sandbox.calling import Caller


def announced(caller: Caller, data: bytes, **fields: Any) -> dict[str, Any]:
    """What the network says to a film of that size."""
    answer = caller.announce("video", **{"fileSizeBytes": len(data)} | fields)
    return dict(answer.json()["value"])


def put(part: dict[str, Any], data: bytes, **headers: str) -> requests.Response:
    return requests.put(part["uploadUrl"], data=data, headers=headers, timeout=10)


def piece(part: dict[str, Any], data: bytes) -> bytes:
    """The bytes of the range, whose both ends belong to it."""
    return data[part["firstByte"] : part["lastByte"] + 1]


def send(value: dict[str, Any], data: bytes) -> list[str]:
    """All parts, as they were asked for; their ids."""
    answers = [put(part, piece(part, data)) for part in value["uploadInstructions"]]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.headers["ETag"] for answer in answers]


def finish(
    caller: Caller, value: dict[str, Any], ids: Any, **changes: Any
) -> requests.Response:
    """The answer to finalizeUpload."""
    request = {
        "video": value["video"],
        "uploadToken": value["uploadToken"],
        "uploadedPartIds": ids,
    }
    return requests.post(
        f"{caller.sandbox.address}/rest/videos?action=finalizeUpload",
        json={"finalizeUploadRequest": request | changes},
        headers=caller.headers(),
        timeout=10,
    )


def state(caller: Caller, value: dict[str, Any]) -> dict[str, Any]:
    """What the network says of it."""
    urn = value["video"].replace(":", "%3A")
    return dict(caller.call("GET", f"/rest/videos/{urn}").json())
