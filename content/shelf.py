"""The library's list: one query a page, as quick on page 100 as on page 1."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    all_,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Session

from content.cards import ItemCard, ItemTopic, all_cards, read_cards, with_topics
from content.items import Item, ItemKind, ItemState, item_topic
from content.places import read_place, written_place
from content.search import VECTOR, as_tsquery, like_pieces, tsquery, words_of
from content.topics import Topic
from content.wordings import Wording

_ORDER = (Item.pinned, Item.offered_at, Item.id)
NEWEST = 2_000  # of what is offered, for a question that no index answers
_PLACE = ("before_pinned", "before_moment", "before_id")


@dataclass(frozen=True)
class Shelf:
    """One page of the library."""

    cards: tuple[ItemCard, ...]
    older: str | None  # give it as `before` for the next page
    topics: tuple[ItemTopic, ...]  # of the whole library


def offered_items(  # noqa: PLR0913 (each is one wish of the page)
    database: Session | Connection,
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
    asked = words_of(words)
    said = {"topic": topic, "kind": kind, "language": language}
    wishes: dict[str, Any] = {name: wish for name, wish in said.items() if wish}
    if place := _read_place(before):
        wishes |= dict(zip(_PLACE, place, strict=True))
    if asked:
        wishes["words"] = as_tsquery(asked)
    cards, topics = _found(database, wishes, at, limit)
    if asked and not cards:
        del wishes["words"]
        wishes |= {"pieces": like_pieces(asked), "newest": NEWEST}
        cards, topics = _found(database, wishes, at, limit)
    older = _place(cards[limit - 1]) if len(cards) > limit else None
    return Shelf(cards[:limit], older, topics)


def _found(
    database: Session | Connection, wishes: dict[str, Any], at: datetime, limit: int
) -> tuple[tuple[ItemCard, ...], tuple[ItemTopic, ...]]:
    values = {**wishes, "at": at, "most": limit + 1}
    return read_cards(database, _statement(frozenset(wishes), limit + 1), values)


@cache  # to put it together takes longer than to ask it, and there are few
def _statement(wishes: frozenset[str], most: int) -> Select[str, str]:
    """The list with these wishes; their values come as parameters of the same names."""
    found = all_cards().where(*_offered())
    for name, narrowed in _narrowings().items():
        if name in wishes:
            found = found.where(narrowed)
    newest_first = (part.desc() for part in _ORDER)
    # With the number in it, PostgreSQL plans once for all; as a parameter it plans for each
    # question, which a search needs: some words are in every item, others in one.
    plain = wishes <= set(_PLACE)
    number = literal_column(str(most)) if plain else bindparam("most", type_=Integer)
    return with_topics(found.order_by(*newest_first).limit(number))


def _narrowings() -> dict[str, ColumnElement[bool]]:
    place = (
        bindparam(name, type_=part.type)
        for name, part in zip(_PLACE, _ORDER, strict=True)
    )
    said = exists().where(
        Wording.item_id == Item.id, Wording.language == bindparam("language")
    )
    return {
        "topic": _has_topic(),
        "kind": Item.kind == bindparam("kind"),
        "language": said,
        _PLACE[0]: tuple_(*_ORDER) < tuple_(*place),
        "words": _with_words(),
        "pieces": _with_pieces(),
    }


def _place(card: ItemCard) -> str:
    """Where a card stands in the order, as text for an address."""
    return f"{int(card.pinned)}-{written_place(card.offered_at, card.id)}"


def _read_place(place: str) -> tuple[bool, datetime, int] | None:
    pinned, _, rest = place.partition("-")
    found = read_place(rest)
    return (pinned == "1", *found) if found and pinned in {"0", "1"} else None


def _offered() -> tuple[ColumnElement[bool], ...]:
    at = bindparam("at", type_=Item.offered_at.type)
    return (
        Item.state == ItemState.PUBLISHED,
        Item.offered_at <= at,
        or_(Item.expires_at.is_(None), Item.expires_at > at),
    )


def _has_topic() -> ColumnElement[bool]:
    return exists().where(
        item_topic.c.item_id == Item.id,
        item_topic.c.topic_id == Topic.id,
        Topic.slug == bindparam("topic"),
    )


def _with_words() -> ColumnElement[bool]:
    """By the index: every word of the question begins a word of the item, or its stem does."""
    return literal_column(VECTOR).op("@@")(tsquery(bindparam("words", type_=TEXT)))


def _with_pieces() -> ColumnElement[bool]:
    """Anywhere in a word: Dutch writes "warmtepomp" where somebody asks for "pomp".

    No index helps there, so only the newest are looked through.
    """
    newest_first = (part.desc() for part in _ORDER)
    newest = (
        select(Item.id)
        .where(*_offered())
        .order_by(*newest_first)
        .limit(bindparam("newest", type_=Integer))
    )
    pieces = all_(bindparam("pieces", type_=ARRAY(TEXT)))
    return and_(Item.id.in_(newest.correlate(None)), Item.search_text.like(pieces))
