"""What a post costs of the calls LinkedIn allows between two midnights UTC.

Whether uploads of bytes count is not known, so they do (linkedin.md 6.1).
"""

from integrations.network import DayLimits, PostDraft

# For apps with "Share on LinkedIn" alone (linkedin.md 6.1).
DAY_LIMITS = DayLimits(member=150, app=100_000)
# LinkedIn asks for a video in parts of 4 MiB (linkedin.md 3.2).
PART_BYTES = 4 * 1024 * 1024
UPLOAD = 2  # ask for an address, send the bytes
# Register, captions, poster, finalize, and some looks at how far LinkedIn is.
VIDEO = 10


def calls_for(draft: PostDraft) -> int:
    """Uploads, looks at their state, and the one call that creates the post."""
    calls = 1 + UPLOAD * len(draft.pictures)
    if draft.document or (draft.card and draft.card.picture):
        calls += UPLOAD
    if draft.video:
        parts = -(-draft.video.file.stat().st_size // PART_BYTES)
        calls += VIDEO + parts
    return calls
