"""The first four weeks of a post as bars: where each stands and how tall it is.

Where visits are shown in bands, heights are bands as well; otherwise the numbers could be
read off them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from advocacy.links.queries import BANDS, band
from advocacy.links.retention import DAYS_KEPT

DAYS = 28
# The drawing's own units.
STEP, WIDTH, TALLEST = 10, 7, 48
HIGHEST_BAND = len(BANDS) - 1


@dataclass(frozen=True)
class Bar:
    """One day with visits; `top` and `height` in units from above, `x` from the left."""

    day: date
    visits: int
    x: int
    top: int
    height: int


@dataclass(frozen=True)
class Picture:
    """The bars of the days with visits, and how many of the days are over or under way."""

    bars: list[Bar]
    first: date
    last: date
    days_so_far: int

    @property
    def reached(self) -> int:
        """How far from the left the days so far go."""
        return (self.days_so_far - 1) * STEP + WIDTH


def picture(
    visits: Mapping[date, int], posted: date, today: date, *, exact: bool
) -> Picture | None:
    """The days from the one of the post on; None when they are no longer kept apart."""
    if posted < today - DAYS_KEPT:
        return None
    days = [posted + timedelta(days=number) for number in range(DAYS)]
    most = max((visits.get(day, 0) for day in days), default=0)
    bars = []
    for place, day in enumerate(days):
        if count := visits.get(day, 0):
            share = count / most if exact else BANDS.index(band(count)) / HIGHEST_BAND
            height = max(1, round(share * TALLEST))
            bars.append(Bar(day, count, place * STEP, TALLEST - height, height))
    so_far = min(DAYS, (today - posted).days + 1)
    return Picture(bars, posted, days[-1], so_far)
