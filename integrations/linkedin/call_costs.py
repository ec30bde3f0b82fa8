"""What a post costs of the calls LinkedIn allows between two midnights UTC.

Whether uploads of bytes count is not known, so they do (linkedin.md 6.1).
"""

from integrations.linkedin.media_limits import PART_BYTES
from integrations.network import DayLimits, PostDraft, Video

# For apps with "Share on LinkedIn" alone (linkedin.md 6.1).
DAY_LIMITS = DayLimits(member=150, app=100_000)
UPLOAD = 2  # ask for an address, send the bytes


def calls_for(draft: PostDraft, looks: int) -> int:
    """Uploads and the one call that creates the post, when nothing has to be repeated.

    A video is looked at until it is ready, `looks` times at most; all of them are in.
    """
    calls = 1 + UPLOAD * len(draft.pictures)
    if draft.document:
        calls += UPLOAD
    if draft.card and draft.card.picture:
        calls += UPLOAD
    if draft.video:
        calls += _video(draft.video) + looks
    return calls


def _video(video: Video) -> int:
    """Announce, send the parts and what goes with them, finish."""
    parts = -(-video.file.stat().st_size // PART_BYTES)
    return 2 + parts + bool(video.captions) + bool(video.poster)
