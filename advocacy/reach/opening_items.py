"""Opening the windows of items: four weeks from the day an item is offered, once."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from advocacy.links.retention import DAYS_KEPT
from advocacy.reach.batches import still_to_come
from advocacy.reach.destinations import leads_to
from advocacy.reach.item_rows import ItemUse, ItemWindow
from advocacy.reach.models import HeadCount
from advocacy.reach.parameters import in_force
from advocacy.reach.quarters import size_on
from advocacy.reach.snapshots import heads_on
from advocacy.reach.tables import (
    ITEM_DAYS,
    PLAN,
    TABLES,
    Level,
    Rhythm,
    Table,
)
from advocacy.reach.windows import Window, item_window, window_of
from content.items import Item, ItemState

# Whoever has to make up for more days than this leaves the item without figures.
OPENED_WITHIN = timedelta(days=3)


def group_key(item_id: int) -> str:
    """What an item is called where other tables have groups of units."""
    return f"item-{item_id}"


def open_items(session: Session, today: date) -> None:
    """Open a window for each item that is new in the library, in the order they came.

    Every item is offered to all colleagues. One that leads where another one leads that
    is being measured joins it.
    """
    for item in session.scalars(select(Item).where(_is_new(today)).order_by(*_ORDER)):
        assert item.offered_at is not None
        first = item.offered_at.astimezone(UTC).date()
        table = _items_table(session, first)
        if table is not None and heads_on(session, first) >= table.floor:
            _open(session, table, item, first)


_ORDER = (Item.offered_at, Item.id)


def _is_new(today: date) -> ColumnElement[bool]:
    def midnight(day: date) -> datetime:
        return datetime.combine(day, time(), UTC)

    known = select(ItemWindow).where(ItemWindow.item_id == Item.id)
    return (
        (Item.state == ItemState.PUBLISHED)
        & ~Item.read_only
        & (Item.offered_at >= midnight(today - OPENED_WITHIN))
        & (Item.offered_at < midnight(today + timedelta(days=1)))
        & ~known.exists()
    )


def _items_table(session: Session, day: date) -> Table | None:
    """The table of single items, as it holds that year; None in too small quarters."""
    size = size_on(session, day)
    for table in PLAN[size] if size else ():
        if table.level is Level.ITEM:
            return in_force(session, TABLES[table.name], day.year)
    return None


def _open(session: Session, table: Table, item: Item, first: date) -> None:
    where = leads_to(item.link_address, item.id)
    lead = _measured(session, where, first)
    window = Window(lead.window_start, lead.window_end) if lead else item_window(first)
    session.add(
        ItemWindow(
            item_id=item.id,
            leads_item_id=lead.leads_item_id if lead else item.id,
            destination=where,
            window_start=window.start,
            window_end=window.end,
        )
    )
    if lead is None:
        session.add(
            HeadCount(
                table=table.name,
                window_start=window.start,
                window_end=window.end,
                group=group_key(item.id),
                level=Level.ITEM,
                name=item.title,
                heads=heads_on(session, first),
            )
        )
    session.flush()


def _measured(session: Session, where: str, day: date) -> ItemWindow | None:
    """The window that is open on a day for where an item leads."""
    open_then = select(ItemWindow).where(
        ItemWindow.destination == where, ItemWindow.window_end > day
    )
    return session.scalars(open_then.order_by(ItemWindow.item_id)).first()


def forget_uses(session: Session, today: date) -> None:
    """What people used up of a month goes with the month's last item; at the latest when
    there are no visits left to make its figures from.
    """
    for month in session.scalars(select(ItemUse.month).distinct()):
        all_over = window_of(Rhythm.MONTH, month).end + timedelta(days=ITEM_DAYS)
        if today >= all_over and not _to_come(session, month, today):
            session.execute(delete(ItemUse).where(ItemUse.month == month))


def _to_come(session: Session, month: date, today: date) -> bool:
    waiting = select(HeadCount.group).where(
        HeadCount.level == Level.ITEM,
        HeadCount.window_start >= month,
        HeadCount.window_start < window_of(Rhythm.MONTH, month).end,
        HeadCount.window_end > today - DAYS_KEPT,
        still_to_come(),
    )
    return session.scalar(select(waiting.exists())) or False
