"""The library's front: what the editors offer now, as a newspaper would lay it out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue

from advocacy.library.asked import Asked
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.web.formats import whole_day
from content.queries import ItemCard, offered_items
from integrations.clock import now
from integrations.database import one_statement

NEW = timedelta(days=7)
ON_A_PAGE = 24


@dataclass(frozen=True)
class Shelves:
    """One page of cards, set out."""

    lead: ItemCard | None
    new: tuple[ItemCard, ...]
    more: tuple[ItemCard, ...]
    brief: tuple[ItemCard, ...]  # without a picture

    @property
    def nothing(self) -> bool:
        """Whether there is no card at all."""
        return not (self.lead or self.new or self.more or self.brief)


@requires(Permission.READ_LIBRARY)
def front() -> ResponseReturnValue:
    """Items by date, found by words, topic or kind; older ones behind a link."""
    at, asked = now(), Asked.read(request.args)
    with one_statement() as database:
        page = offered_items(
            database,
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
        topics=page.topics,
        topic=next((one for one in page.topics if one.slug == asked.topic), None),
        shown=_set_out(page.cards, at, asked),
        older=page.older,
        front=True,
        today=whole_day(at),
    )


def _set_out(cards: tuple[ItemCard, ...], at: datetime, asked: Asked) -> Shelves:
    """Lead and sections on the plain front page; else one shelf."""
    lead = None
    if asked.for_nothing and cards and cards[0].pinned:
        lead, *rest = cards
        cards = tuple(rest)
    brief = tuple(card for card in cards if card.picture is None)
    shown = [card for card in cards if card.picture is not None]
    week = at - NEW if asked.for_nothing else at  # of what is narrowed, nothing is new
    new = tuple(card for card in shown if card.offered_at > week)
    more = tuple(card for card in shown if card.offered_at <= week)
    return Shelves(lead, new, more, brief)
