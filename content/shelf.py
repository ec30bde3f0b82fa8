"""The library's list: one query a page, as quick on page 100 as on page 1."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, literal_column, or_, tuple_
from sqlalchemy.orm import Session

from content.cards import ItemCard, all_cards, read_cards
from content.items import Item, ItemKind, ItemState, item_topic
from content.search import as_tsquery, words_of
from content.topics import Topic
from content.wordings import Wording

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_ORDER = (Item.pinned, Item.offered_at, Item.id)


@dataclass(frozen=True)
class Shelf:
    """One page of the library."""

    cards: list[ItemCard]
    older: str | None  # give it as `before` for the next page


def offered_items(  # noqa: PLR0913 (each is one wish of the page)
    session: Session,
    at: datetime,
    *,
    words: str = "",
    topic: str = "",
    kind: ItemKind | None = None,
    language: str = "",
    before: str = "",
    limit: int = 20,
) -> Shelf:
    """What employees may see at a moment: pinned first, then the newest.

    `topic` is a slug; `language` asks for a wording in it; a `before` that cannot be
    read is as none.
    """
    found = all_cards().where(*_offered(at))
    if topic:
        found = found.where(_has_topic(topic))
    if kind:
        found = found.where(Item.kind == kind)
    if language:
        said = exists().where(Wording.item_id == Item.id, Wording.language == language)
        found = found.where(said)
    if place := _read_place(before):
        found = found.where(tuple_(*_ORDER) < tuple_(*place))
    found = found.order_by(*(part.desc() for part in _ORDER)).limit(limit + 1)
    asked = words_of(words)
    cards = read_cards(session, found.where(_with_words(asked)) if asked else found)
    if asked and not cards:
        cards = read_cards(session, found.where(*_with_pieces(asked)))
    older = _place(cards[limit - 1]) if len(cards) > limit else None
    return Shelf(cards[:limit], older)


def _place(card: ItemCard) -> str:
    """Where a card stands in the order, as text for an address."""
    moment = (card.offered_at - _BEGINNING) // timedelta(microseconds=1)
    return f"{int(card.pinned)}-{moment}-{card.id}"


def _read_place(place: str) -> tuple[bool, datetime, int] | None:
    found = re.fullmatch(r"([01])-(\d{1,17})-(\d{1,9})", place, re.ASCII)
    if found is None:
        return None
    moment = _BEGINNING + timedelta(microseconds=int(found[2]))
    return found[1] == "1", moment, int(found[3])


def _offered(at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Item.state == ItemState.PUBLISHED,
        Item.offered_at <= at,
        or_(Item.expires_at.is_(None), Item.expires_at > at),
    )


def _has_topic(slug: str) -> ColumnElement[bool]:
    return exists().where(
        item_topic.c.item_id == Item.id,
        item_topic.c.topic_id == Topic.id,
        Topic.slug == slug,
    )


def _with_words(words: list[str]) -> ColumnElement[bool]:
    """By the index: every word of the question begins a word of the item."""
    # As the index says it, letter by letter, or a prepared statement does not use it.
    text = func.to_tsvector(literal_column("'simple'"), Item.search_text)
    return text.op("@@")(func.to_tsquery(literal_column("'simple'"), as_tsquery(words)))


def _with_pieces(words: list[str]) -> list[ColumnElement[bool]]:
    """Anywhere in a word: Dutch writes "warmtepomp" where somebody asks for "pomp"."""
    return [Item.search_text.contains(word, autoescape=True) for word in words]
