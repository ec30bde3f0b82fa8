"""Released figures, put down by hand as a release would store them."""

from datetime import UTC, date, datetime, time, timedelta

from advocacy.reach import chain
from advocacy.reach.display import margin_of
from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.models import HeadCount, ReleasedFigure
from advocacy.reach.tables import ORGANISATION, TABLES, Level
from advocacy.reach.windows import whole_window


class Shelf:
    """Puts rows into the database, each under its seal."""

    def __init__(self, session):
        self.session = session

    def group(self, number, *unit_ids):
        """A group of these units; its key."""
        key = f"g{number:016x}"
        self.session.add(ReleaseGroup(key=key, unit_ids=sorted(unit_ids)))
        self.session.flush()
        return key

    def opened(self, table, start, group=ORGANISATION, *, heads=620, parts=(), name=""):
        window = whole_window(TABLES[table].rhythm, start)
        row = HeadCount(
            table=table,
            window_start=window.start,
            window_end=window.end,
            group=group,
            level=_level(TABLES[table], group),
            name=name,
            part_keys=list(parts),
            heads=heads,
        )
        self.session.add(row)
        self.session.flush()
        return row

    def figure(self, table, start, metric, shown, group=ORGANISATION, **others):
        """One figure, stored at six on the day after its window."""
        plan = TABLES[table]
        window = whole_window(plan.rhythm, start)
        parts = others.get("parts", 1)
        values = {
            "window_start": window.start,
            "window_end": window.end,
            "table": table,
            "group": group,
            "metric": metric,
            "edition": 1,
            "level": _level(plan, group).value,
            "name": "",
            "noisy": 10**7,
            "margin": margin_of(plan.measure(metric).sigma, parts),
            "shown": shown,
            "parts": parts,
            "heads": 620,
            "method_version": 2,
            "released_at": datetime.combine(window.end, time(6), UTC),
        }
        row = ReleasedFigure(**values | others)
        chain.append(self.session, row)
        return row


def _level(table, group):
    return Level.ORGANISATION if group == ORGANISATION else table.level


def months(count, until=date(2026, 10, 1)):
    """The first days of so many months, the latest one last."""
    found = [until]
    while len(found) < count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[::-1]
