"""The stretches of time a figure covers: whole weeks, months and quarters of UTC days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from advocacy.reach.tables import (
    ITEM_DAYS,
    OPENING_HOUR,
    PLAN,
    RELEASE_HOUR,
    Rhythm,
    Size,
    Table,
)


@dataclass(frozen=True, order=True)
class Window:
    """From the first moment of `start` to the first moment of `end`."""

    start: date
    end: date

    @property
    def last(self) -> date:
        """Its last day."""
        return self.end - timedelta(days=1)

    @property
    def opens(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.start, time(), UTC)

    @property
    def closes(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.end, time(), UTC)

    @property
    def released_from(self) -> datetime:
        """The moment from which its figures may come out."""
        return self.closes + timedelta(hours=RELEASE_HOUR)


def window_of(rhythm: Rhythm, day: date) -> Window:
    """The window of this rhythm that `day` lies in."""
    match rhythm:
        case Rhythm.WEEK:
            start = day - timedelta(days=day.weekday())
            return Window(start, start + timedelta(days=7))
        case Rhythm.MONTH:
            return Window(day.replace(day=1), _first_of(day.year, day.month + 1))
        case Rhythm.QUARTER:
            first = day.month - (day.month - 1) % 3
            return Window(_first_of(day.year, first), _first_of(day.year, first + 3))
        case Rhythm.ONCE:
            raise ValueError("an item's window begins on its own day")


def item_window(first: date) -> Window:
    """The window of an item that is there for people from that day on."""
    return Window(first, first + timedelta(days=ITEM_DAYS))


def whole_window(rhythm: Rhythm, start: date) -> Window:
    """The window of this rhythm that is called by that first day, an item's as well."""
    return item_window(start) if rhythm is Rhythm.ONCE else window_of(rhythm, start)


def quarter_of(day: date) -> Window:
    """The calendar quarter a day lies in; its first day decides an organisation's size."""
    return window_of(Rhythm.QUARTER, day)


def windows_beginning(day: date, size: Size) -> list[tuple[Table, Window]]:
    """The windows an organisation opens on that day, of this size in that day's quarter.

    Items have windows of their own, which begin on any day.
    """
    return [
        (table, window)
        for table in PLAN[size]
        if table.published and table.rhythm is not Rhythm.ONCE
        for window in [window_of(table.rhythm, day)]
        if window.start == day
    ]


def last_opening(moment: datetime) -> datetime:
    """The latest moment, by then, at which new figures could be seen; in UTC.

    What is ready before it can be read, and what comes after it waits for the next, so a
    page changes at one hour of the day whatever a job did and when.
    """
    opening = datetime.combine(moment.astimezone(UTC), time(OPENING_HOUR), UTC)
    return opening if opening <= moment else opening - timedelta(days=1)


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
