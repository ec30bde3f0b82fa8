"""Uploading one video: announce it, send the parts asked for, finish, wait for it."""

import re
import time
from pathlib import Path
from typing import Any

from integrations.errors import NotDone, Refused
from integrations.linkedin.addresses import in_path
from integrations.linkedin.calls import Calls, value_of
from integrations.linkedin.images import author_of, media_urn
from integrations.linkedin.trust import upload_address
from integrations.network import Video

OCTETS = {"Content-Type": "application/octet-stream"}
CAPTIONS = {"Content-Type": "text/vtt"}


def upload_video(calls: Calls, video: Video) -> str:
    """The URN of the video, once LinkedIn says it is available."""
    value = _announce(calls, video)
    urn = media_urn(value.get("video"))
    parts = _send_parts(calls, video.file, value.get("uploadInstructions"))
    if video.captions:
        address = upload_address(calls.settings, value.get("captionsUploadUrl"))
        calls.send("PUT", address, CAPTIONS, video.captions.read_bytes())
    finish = {
        "video": urn,
        "uploadToken": value.get("uploadToken", ""),
        "uploadedPartIds": parts,
    }
    calls.rest(
        "POST", "/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": finish}
    )
    _wait(calls, urn)
    return urn


def _announce(calls: Calls, video: Video) -> dict[str, Any]:
    request = {
        "owner": author_of(calls.access.member_id),
        "fileSizeBytes": video.file.stat().st_size,
        "uploadCaptions": video.captions is not None,
        "uploadThumbnail": False,
    }
    answer = calls.rest(
        "POST",
        "/rest/videos?action=initializeUpload",
        {"initializeUploadRequest": request},
    )
    return value_of(answer)


def _send_parts(calls: Calls, file: Path, instructions: Any) -> list[str]:
    """Each part to its own address; the ids that come back, in the same order."""
    ids = []
    sent = 0
    with file.open("rb") as video:
        for first, last, address in _parts(instructions):
            video.seek(first)
            # Both ends belong to the part.
            piece = video.read(last - first + 1)
            sent += len(piece)
            # The address is its own permission; the member's token stays here.
            to = upload_address(calls.settings, address)
            answer = calls.send("PUT", to, OCTETS, piece)
            ids.append(answer.headers.get("etag", "").strip('"'))
    if sent != file.stat().st_size or not all(ids):
        raise NotDone("the upload is not complete", code="parts")
    return ids


def _parts(instructions: Any) -> list[tuple[int, int, str]]:
    try:
        return [
            (int(part["firstByte"]), int(part["lastByte"]), part["uploadUrl"])
            for part in instructions
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise Refused("LinkedIn's answer is not what we know", code="shape") from error


def _wait(calls: Calls, urn: str) -> None:
    """Until LinkedIn can play it, which may take minutes; but not for ever."""
    patience = calls.settings.patience
    until = time.monotonic() + patience.video
    while True:
        said = calls.rest("GET", f"/rest/videos/{in_path(urn)}").said()
        if said.get("status") == "AVAILABLE":
            return
        if said.get("status") == "PROCESSING_FAILED":
            reason = str(said.get("processingFailureReason", ""))
            code = (
                reason if re.fullmatch(r"[A-Z_]{1,60}", reason) else "PROCESSING_FAILED"
            )
            raise Refused("LinkedIn could not process the video", code=code)
        if time.monotonic() > until:
            raise NotDone("LinkedIn is still processing", wait=300, code="processing")
        time.sleep(patience.video_pause)
