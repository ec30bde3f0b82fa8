"""The library's front: what the editors offer now, as a newspaper would lay it out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date

from advocacy.library.asked import Asked
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from content.queries import ItemCard, offered_items, topics
from integrations.clock import now
from integrations.database import transaction

NEW = timedelta(days=7)
ON_A_PAGE = 24


@dataclass(frozen=True)
class Shelves:
    """One page of cards, set out."""

    lead: ItemCard | None
    new: list[ItemCard]
    more: list[ItemCard]
    brief: list[ItemCard]  # without a picture


@requires(Permission.READ_LIBRARY)
def front() -> ResponseReturnValue:
    """Items by date, found by words, topic or kind; older ones behind a link."""
    at, asked = now(), Asked.read(request.args)
    with transaction() as session:
        known = topics(session)
        page = offered_items(
            session,
            at,
            words=asked.words,
            topic=asked.topic,
            kind=asked.kind,
            before=asked.before,
            limit=ON_A_PAGE,
        )
    return render_template(
        "library/front.html",
        asked=asked,
        topics=known,
        topic=next((one for one in known if one.slug == asked.topic), None),
        shelves=_set_out(page.cards, at, asked),
        cards=page.cards,
        older=page.older,
        front=True,
        today=format_date(at, "EEEE d MMMM y"),
    )


def _set_out(cards: list[ItemCard], at: datetime, asked: Asked) -> Shelves:
    """Lead and sections on the plain front page; else one shelf."""
    lead = None
    if asked.for_nothing and cards and cards[0].pinned:
        lead, *cards = cards
    brief = [card for card in cards if card.picture is None]
    shown = [card for card in cards if card.picture is not None]
    new = [card for card in shown if asked.for_nothing and card.offered_at > at - NEW]
    more = [card for card in shown if card not in new]
    return Shelves(lead, new, more, brief)
