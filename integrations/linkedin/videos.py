"""Uploading one video: announce it, send the parts asked for, finish, wait for it."""

import re
import time
from pathlib import Path
from typing import Any

from integrations.errors import MediaRefused, NotDone, Refused
from integrations.linkedin.addresses import in_path
from integrations.linkedin.calls import Calls
from integrations.linkedin.pending_videos import PendingVideos, key_of
from integrations.linkedin.trust import upload_address
from integrations.linkedin.urns import media_urn
from integrations.linkedin.whole_files import announce, send_file
from integrations.network import Video

OCTETS = "application/octet-stream"


def upload_video(calls: Calls, video: Video, pending: PendingVideos) -> str:
    """The URN of the video, once LinkedIn says it is available."""
    key = key_of(calls.access.member_id, video)
    urn = pending.take(key)
    if urn is None or not _is_there(calls, urn):
        urn = _send(calls, video)
    try:
        _wait(calls, urn)
    except NotDone:
        pending.keep(key, urn)
        raise
    return urn


def _send(calls: Calls, video: Video) -> str:
    """Everything LinkedIn needs to begin working on it."""
    value = announce(
        calls,
        "videos",
        fileSizeBytes=video.file.stat().st_size,
        uploadCaptions=video.captions is not None,
        uploadThumbnail=video.poster is not None,
    )
    urn = media_urn(value.get("video"))
    parts = _send_parts(calls, video.file, value.get("uploadInstructions"))
    # What is announced must be there before the end, or the video is never shown.
    if video.captions:
        address = value.get("captionsUploadUrl")
        _put(calls, address, "text/vtt", video.captions.read_bytes())
    if video.poster:
        address = value.get("thumbnailUploadUrl")
        _put(calls, address, "image/jpeg", video.poster.read_bytes())
    finish = {
        "video": urn,
        "uploadToken": value.get("uploadToken", ""),
        "uploadedPartIds": parts,
    }
    calls.rest(
        "POST", "/rest/videos?action=finalizeUpload", {"finalizeUploadRequest": finish}
    )
    return urn


def _put(calls: Calls, address: object, kind: str, data: bytes) -> str:
    """Send bytes, and give back the id of what they became."""
    # The address is its own permission; the member's token stays here.
    to = upload_address(calls.settings, address)
    answer = send_file(calls, to, {"Content-Type": kind}, data)
    return answer.headers.get("etag", "").strip('"')


def _send_parts(calls: Calls, file: Path, instructions: Any) -> list[str]:
    """Each part to its own address; the ids that come back, in the same order."""
    ids = []
    sent, size = 0, file.stat().st_size
    with file.open("rb") as video:
        for first, last, address in _parts(instructions, size):
            video.seek(first)
            # Both ends belong to the part.
            piece = video.read(last - first + 1)
            sent += len(piece)
            ids.append(_put(calls, address, OCTETS, piece))
    if sent != size or not all(ids):
        raise NotDone("the upload is not complete", code="parts")
    return ids


def _parts(instructions: Any, size: int) -> list[tuple[int, int, str]]:
    """First and last byte of each part, and its address; both bytes within the file."""
    try:
        parts = [
            (int(part["firstByte"]), int(part["lastByte"]), part["uploadUrl"])
            for part in instructions
        ]
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refused("LinkedIn's answer is not what we know", code="shape") from error
    if not all(0 <= first <= last and first < size for first, last, _ in parts):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return [(first, min(last, size - 1), address) for first, last, address in parts]


def _wait(calls: Calls, urn: str) -> None:
    """Until LinkedIn can play it, which may take minutes.

    Each look is one of the day's calls, so the pauses grow and the looks are counted.
    """
    if _is_ready(calls, urn):
        return
    for pause in calls.settings.patience.video:
        time.sleep(pause)
        if _is_ready(calls, urn):
            return
    raise NotDone("LinkedIn is still processing", wait=300, code="processing")


def _is_there(calls: Calls, urn: str) -> bool:
    """Whether it is still known; uploads that nobody used may be thrown away."""
    try:
        _state(calls, urn)
    except Refused:
        return False
    return True


def _is_ready(calls: Calls, urn: str) -> bool:
    said = _state(calls, urn)
    if said.get("status") == "PROCESSING_FAILED":
        reason = str(said.get("processingFailureReason", ""))
        known = re.fullmatch(r"[A-Z_]{1,60}", reason)
        code = reason if known else "PROCESSING_FAILED"
        raise MediaRefused("LinkedIn could not process the video", code=code)
    return said.get("status") == "AVAILABLE"


def _state(calls: Calls, urn: str) -> dict[str, Any]:
    return calls.rest("GET", f"/rest/videos/{in_path(urn)}").said()
