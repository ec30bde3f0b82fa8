"""What a person confirmed: a hash over exactly that, so that any change voids it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from advocacy.shares.drafting import shows_card
from advocacy.shares.named import named_in
from advocacy.shares.reasons import Problem
from advocacy.shares.wishes import ShareWish
from content.items import Item
from content.media import Media
from integrations.network import Mention

GOOD_FOR = timedelta(days=7)  # privacy.md 5, "posting without per-post confirmation"
VERSION = 2  # of the list below


def confirmation_of(
    person_id: int,
    item: Item,
    media: Sequence[Media],
    wish: ShareWish,
    mentions: Sequence[Mention] = (),
) -> str:
    """The hash over text (tidy), link, card, media, audience, network and time.

    Of the organisations that may be mentioned, those that the text names count.
    """
    parts: list[object] = [
        VERSION,
        person_id,
        item.id,
        wish.text,
        item.link_address,
        item.posted_title,
        item.link_description if shows_card(item) else None,
        _shown(media),
        wish.visibility.value,
        wish.network,
        [wish.wall_time, wish.time_zone] if wish.wall_time else None,
    ]
    if named := named_in(wish.text, mentions):
        parts.append([[one.name, one.id] for one in named])
    exact = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(exact.encode()).hexdigest()


def _shown(media: Sequence[Media]) -> object:
    """One file is hashed as it was before a post could have several."""
    shown = [[one.sha256, one.alt] for one in media]
    return shown if len(shown) > 1 else next(iter(shown), None)


def seal(confirmation: str, member_hash: str, at: datetime) -> str:
    """What a confirmation page sends back: what it showed, for whose profile, and when
    it was made.
    """
    return f"{_on_profile(confirmation, member_hash)}.{int(at.timestamp())}"


def broken(
    sealed: str, confirmation: str, member_hash: str, at: datetime
) -> Problem | None:
    """Why a confirmation page's answer does not count for what is asked now."""
    shown, _, made = sealed.partition(".")
    if (
        shown != _on_profile(confirmation, member_hash)
        or not made.isdecimal()
        or len(made) > 11
    ):
        return Problem.CONFIRMATION_VOID
    made_at = datetime.fromtimestamp(int(made), UTC)
    if not at - GOOD_FOR <= made_at <= at + timedelta(minutes=1):
        return Problem.CONFIRMATION_OLD
    return None


def _on_profile(confirmation: str, member_hash: str) -> str:
    return hashlib.sha256(f"{confirmation}.{member_hash}".encode()).hexdigest()
