"""Released figures of every kind that are read at an address of their own."""

from datetime import UTC, datetime, time, timedelta

from sqlalchemy.orm import Session

from advocacy.people.models import Unit
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.models import LedgerEntry, Metric
from advocacy.reach.opening_items import group_key
from advocacy.reach.tables import Size
from advocacy.reach.windows import item_window, quarter_of
from content.items import Item
from integrations.clock import now
from tests.advocacy.reach.figure_rows import Shelf
from tests.advocacy.reach.measured_items import weeks_of

PART = "g0000000000000001"  # as the shelf calls its first group
HEADS = 620


def put_out(session: Session, unit: Unit, item: Item) -> None:
    """Of the organisation, of a part and of an item, with what they cost: all of them of
    long enough ago to be read.
    """
    shelf, today = Shelf(session), now().date()
    quarter = quarter_of(quarter_of(today).start - timedelta(days=1)).start
    session.add(QuarterSize(start=quarter, size=Size.MEDIUM, heads=HEADS))
    shelf.figure("organisation", quarter, Metric.SHARERS, 80)
    shelf.figure("organisation", quarter, Metric.CLICKS, 890)
    of_part = {"group": shelf.group(1, unit.id), "name": unit.name, "heads": 300}
    shelf.figure("unit", quarter, Metric.SHARERS, 40, **of_part)
    shelf.figure("unit-clicks", quarter, Metric.CLICKS, 500, **of_part)
    offered = item_window(today - timedelta(days=60))
    session.add(weeks_of(item, offered.start))
    session.flush()
    of_item = {"group": group_key(item.id), "name": item.title, "heads": HEADS}
    shelf.figure("item", offered.start, Metric.SHARES, 40, **of_item)
    shelf.figure("item", offered.start, Metric.CLICKS, 100, **of_item)
    session.add(
        LedgerEntry(
            year=today.year,
            table="organisation",
            metric=Metric.SHARERS,
            window_start=quarter,
            sigma=6,
            cap=1,
            booked_at=datetime.combine(today - timedelta(days=2), time(6), UTC),
        )
    )
