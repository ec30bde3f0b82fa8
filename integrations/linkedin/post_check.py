"""What LinkedIn would refuse of a post, found out before anything is uploaded."""

from integrations.errors import MediaRefused, Refused, TextTooLong
from integrations.linkedin.little_text import LIMIT, wire_length
from integrations.linkedin.media_limits import (
    LARGEST_DOCUMENT,
    LARGEST_VIDEO,
    LONGEST_ALT,
    MOST_PICTURES,
)
from integrations.network import PostDraft


def check(draft: PostDraft) -> None:
    """Refuse what LinkedIn would refuse, as far as it can be told without the network."""
    _check_mentions(draft)
    if wire_length(draft.text, draft.mentions) > LIMIT:
        raise TextTooLong("the text is too long", code="too_long")
    media = [draft.card, draft.pictures, draft.video, draft.document]
    shown = sum(bool(one) for one in media)
    if shown > 1 or len(draft.pictures) > MOST_PICTURES:
        raise Refused("a post shows one kind of media", code="media")
    if not draft.text.strip() and not shown:
        raise Refused("the post is empty", code="empty")
    if any(len(picture.alt) > LONGEST_ALT for picture in draft.pictures):
        raise Refused("a picture's description is too long", code="alt")
    _check_files(draft)


def _check_mentions(draft: PostDraft) -> None:
    """A name on two lines, or none, would spoil the markup around it."""
    for mention in draft.mentions:
        if not mention.name.strip() or "\n" in mention.name or "\r" in mention.name:
            raise Refused("an organisation is mentioned by its name", code="mention")


def _check_files(draft: PostDraft) -> None:
    if draft.document:
        if not draft.document.title.strip():
            raise Refused("a document needs a title", code="title")
        if draft.document.file.stat().st_size > LARGEST_DOCUMENT:
            raise MediaRefused("the document is too large", code="too_large")
    if draft.video and draft.video.file.stat().st_size > LARGEST_VIDEO:
        raise MediaRefused("the video is too large", code="too_large")
