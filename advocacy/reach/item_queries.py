"""Released figures of single items, and what those items are called today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach.destinations import leads_to
from advocacy.reach.item_rows import ItemWindow
from advocacy.reach.models import HeadCount, Metric, ReleasedFigure
from advocacy.reach.opening_items import group_key
from advocacy.reach.queries import (
    Figure,
    editions_that_stand,
    first_day_shown,
    those_that_never_came,
    together,
)
from advocacy.reach.tables import Level
from content.items import Item, ItemState


@dataclass(frozen=True)
class ItemNow:
    """What is read of an item itself: nothing that anybody did with it."""

    id: int
    title: str
    language: str  # of the title
    state: ItemState
    has_link: bool = True  # today, or when its four weeks began

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken out of the library, for a reason given there."""
        return self.state is ItemState.WITHDRAWN


@dataclass(frozen=True)
class Measured:
    """The figures of one item, or of several that lead to the same page."""

    group: str
    name: str  # the title in its four weeks
    shares: Figure
    visits: Figure
    items: Sequence[ItemNow]  # the one they are named after first

    @property
    def title(self) -> str:
        """As it is today."""
        return self.items[0].title if self.items else self.name


def measured_items(session: Session, moment: datetime) -> list[Measured]:
    """All of this calendar year and those before it, in no order; three statements."""
    since = first_day_shown(moment)
    found = editions_that_stand(
        session,
        moment,
        ReleasedFigure.level == Level.ITEM,
        ReleasedFigure.window_start >= since,
    )
    missing = those_that_never_came(
        session,
        moment,
        HeadCount.level == Level.ITEM,
        HeadCount.window_start >= since,
    )
    by_group: dict[str, dict[Metric, Figure]] = {}
    for one in together(found, missing):
        by_group.setdefault(one.group, {})[one.metric] = one
    items = _items(session, since)
    return [
        Measured(
            group=group,
            name=both[Metric.SHARES].name,
            shares=both[Metric.SHARES],
            visits=_visits(both[Metric.CLICKS], items.get(group, ())),
            items=items.get(group, ()),
        )
        for group, both in by_group.items()
    ]


def _visits(figure: Figure, items: Sequence[ItemNow]) -> Figure:
    """Of what has no link there are none to count: what was drawn is noise alone."""
    if not items or any(one.has_link for one in items):
        return figure
    return replace(figure, value=None, counted=False)


def _items(session: Session, since: date) -> Mapping[str, list[ItemNow]]:
    rows = session.execute(
        select(
            ItemWindow.leads_item_id,
            Item.id,
            Item.title,
            Item.language,
            Item.state,
            Item.link_address,
            ItemWindow.destination,
        )
        .join(Item, Item.id == ItemWindow.item_id)
        .where(ItemWindow.window_start >= since)
        .order_by(Item.id != ItemWindow.leads_item_id, Item.id)
    )
    found: dict[str, list[ItemNow]] = {}
    for leads, id_, title, language, state, link, where in rows:
        has_link = link is not None or where != leads_to(None, id_)
        one = ItemNow(id_, title, language, state, has_link)
        found.setdefault(group_key(leads), []).append(one)
    return found
