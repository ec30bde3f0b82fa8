"""Uploading pictures and films: sent whole, described, and waited for."""

import mimetypes
import time
from pathlib import Path

from integrations.errors import MediaRefused, NotDone, Refused
from integrations.mastodon.answers import id_in
from integrations.mastodon.calls import Calls
from integrations.mastodon.captions import spoken_words
from integrations.network import PostDraft, Video
from integrations.refused_files import sending_a_file

MOST_PICTURES = 4
LONGEST_ALT = 1500
LARGEST_PICTURE = 16 * 1024 * 1024
LARGEST_VIDEO = 99 * 1024 * 1024

STILL_PROCESSING = (202, 206)


def check_media(draft: PostDraft) -> None:
    """Refuse what Mastodon would refuse, before anything is uploaded."""
    kinds = [bool(draft.pictures), draft.video is not None]
    if draft.document is not None:
        raise MediaRefused("Mastodon takes no documents", code="kind")
    if sum(kinds) > 1 or len(draft.pictures) > MOST_PICTURES:
        raise Refused("a post shows one kind of media", code="media")
    if any(len(picture.alt) > LONGEST_ALT for picture in draft.pictures):
        raise Refused("a picture's description is too long", code="alt")
    for picture in draft.pictures:
        _check_size(picture.file, LARGEST_PICTURE)
    if draft.video:
        _check_size(draft.video.file, LARGEST_VIDEO)


def _check_size(file: Path, most: int) -> None:
    if file.stat().st_size > most:
        raise MediaRefused("the file is too large", code="too_large")


def upload_media(calls: Calls, draft: PostDraft) -> list[str]:
    """The ids of everything the draft shows, in its order, once all can be shown."""
    ids = [_upload(calls, one.file, one.alt) for one in draft.pictures]
    if draft.video:
        ids.append(_upload_video(calls, draft.video))
    until = time.monotonic() + calls.patience.media
    for media_id in ids:
        _wait(calls, media_id, until)
    return ids


def _upload_video(calls: Calls, video: Video) -> str:
    words = spoken_words(video.captions) if video.captions else ""
    described = "\n\n".join(filter(None, [video.title, words]))
    if len(described) > LONGEST_ALT:
        described = f"{described[: LONGEST_ALT - 1]}…"
    return _upload(calls, video.file, described, video.poster)


def _upload(
    calls: Calls, file: Path, description: str, poster: Path | None = None
) -> str:
    parts = {"file": _part(file)}
    if poster:
        parts["thumbnail"] = _part(poster)
    described = {"description": description} if description else {}
    with sending_a_file("Mastodon"):
        answer = calls.api("POST", "/api/v2/media", described, parts)
    media_id = id_in(answer)
    if media_id is None:
        raise Refused("Mastodon's answer is not what we know", code="shape")
    return media_id


def _part(file: Path) -> tuple[str, bytes, str]:
    """Read whole, as a second try starts at the first byte again.

    Its name here is nobody's business; Mastodon goes by the type.
    """
    kind, _ = mimetypes.guess_type(file.name)
    return f"file{file.suffix}", file.read_bytes(), kind or "application/octet-stream"


def _wait(calls: Calls, media_id: str, until: float) -> None:
    """Until it can be shown, which may take minutes; but not for ever."""
    while True:
        answer = calls.api("GET", f"/api/v1/media/{media_id}")
        if answer.status not in STILL_PROCESSING:
            return
        if time.monotonic() > until:
            raise NotDone("Mastodon is still processing", wait=300, code="processing")
        time.sleep(calls.patience.media_pause)
