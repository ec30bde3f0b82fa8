"""A frozen body: the status, the key that makes it one status, and when it was made.

Mastodon remembers the key of a status for an hour: whoever sends it again meanwhile is
answered with the status that stands. So the key is made once and frozen with the rest.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe

from integrations.clock import now
from integrations.errors import OutcomeUnknown, Refused, TextTooLong
from integrations.mastodon.calls import Calls
from integrations.mastodon.media import check_media, upload_media
from integrations.mastodon.status_text import LIMIT, length, text_of
from integrations.network import PostDraft, Visibility

# Of the hour, with room for clocks that differ and for a slow answer.
KEY_IS_KNOWN = timedelta(minutes=50)

# Mastodon knows no connections; who follows is the nearest.
_VISIBILITY = {Visibility.PUBLIC: "public", Visibility.CONNECTIONS: "private"}


@dataclass(frozen=True)
class Opened:
    """What goes over the wire: the body of the request, and its key."""

    status: bytes
    key: str


def check(draft: PostDraft) -> None:
    """Refuse what Mastodon would refuse, before anything is uploaded."""
    text = text_of(draft)
    if length(text) > LIMIT:
        raise TextTooLong("the text is too long", code="too_long")
    if not text.strip() and not draft.pictures and draft.video is None:
        raise Refused("the post is empty", code="empty")
    check_media(draft)


def frozen_body(calls: Calls, draft: PostDraft) -> bytes:
    """Upload what the draft shows, and write down the request and its key."""
    status: dict[str, object] = {
        "status": text_of(draft),
        "visibility": _VISIBILITY[draft.visibility],
    }
    if ids := upload_media(calls, draft):
        status["media_ids"] = ids
    return _canonical(
        {
            "frozen_at": now().isoformat(),
            "key": token_urlsafe(24),
            "status": status,
        }
    )


def opened(body: bytes) -> Opened:
    """The parts of a frozen body.

    Nobody keeps a body for so long before its first sending; where this is a later one,
    Mastodon may have forgotten the key, and would make a second status.
    """
    parts = json.loads(body)
    if now() - datetime.fromisoformat(parts["frozen_at"]) > KEY_IS_KNOWN:
        raise OutcomeUnknown("the key may be forgotten", code="key_too_old")
    return Opened(_canonical(parts["status"]), parts["key"])


def _canonical(parts: dict[str, object]) -> bytes:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    try:
        return text.encode()
    except UnicodeEncodeError as error:  # half of an emoji, cut by somebody
        raise Refused("the text holds a broken character", code="character") from error
