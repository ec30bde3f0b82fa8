"""One file out of a video's parts, and whether LinkedIn would play it."""

import hashlib
import struct

from integrations.clock import now
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.records import Asset

SHORTEST, LONGEST = 3, 30 * 60  # seconds


def join_parts(asset: Asset) -> None:
    """Put the parts together; what is wrong with the whole comes out only now."""
    media, digest = memory().media, hashlib.sha256()
    start, received, seconds = b"", 0, None
    with (media / str(asset.number)).open("wb") as whole:
        for place in range(len(asset.parts)):
            file = media / f"{asset.number}.part{place}"
            piece = file.read_bytes()
            start = start or piece[:12]
            received += len(piece)
            seconds = seconds or _seconds(piece)
            digest.update(piece)
            whole.write(piece)
            file.unlink()
    asset.digest, asset.content_type = digest.hexdigest(), "video/mp4"
    asset.failure = _failure(asset, start, received, seconds)
    asset.finished_at = now().timestamp()


def _failure(asset: Asset, start: bytes, received: int, seconds: float | None) -> str:
    """The first thing that is wrong, "" when nothing is."""
    settings = memory().settings
    odd = seconds is not None and not SHORTEST <= seconds <= LONGEST
    wrong = {
        "FILE_SIZE_MISMATCH": received != asset.size,
        "INVALID_FORMAT": start[4:8] != b"ftyp",
        "FILE_TOO_SMALL": received < settings.smallest_video,
        "INVALID_DURATION": odd,
        "CAPTIONS_MISSING": asset.wants_captions and not asset.has_captions,
        "THUMBNAIL_MISSING": asset.wants_poster and not asset.has_poster,
    }
    return next((reason for reason, so in wrong.items() if so), "")


def _seconds(piece: bytes) -> float | None:
    """The length that an MP4's own head (mvhd) states; None when it is not in here."""
    at = piece.find(b"mvhd")
    head = piece[at + 4 : at + 36]
    if at < 0 or len(head) < 32:
        return None
    # After version and flags: two times, ticks a second, ticks in all.
    form = ">4x16xIQ" if head[0] else ">4x8xII"
    a_second, in_all = struct.unpack_from(form, head)
    return in_all / a_second if a_second else None
