"""The stretches of time a figure covers: whole weeks, months and quarters of UTC days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from advocacy.reach.tables import RELEASE_HOUR, Rhythm


@dataclass(frozen=True, order=True)
class Window:
    """From the first moment of `start` to the first moment of `end`."""

    start: date
    end: date

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


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
