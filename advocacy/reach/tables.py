"""What is published, about how many, how often, with how much noise: constants.

Every number here is a promise to the works council (privacy.md 1.5, docs/figures.md). A
change that weakens one needs a new METHOD_VERSION and a new consent to P4.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from fractions import Fraction

from advocacy.reach.models import Metric

METHOD_VERSION = 2
FIRST_METHOD = 1  # figures of the organisation as a whole, and of nothing else
# Of one figure: as it came out, and replaced once. Several draws would come down to what was
# hidden, and figures of visits have no yearly limit that would stop them.
MOST_EDITIONS = 2
# What all figures on taking part together may cost one person in a calendar year.
YEARLY_LIMIT = Fraction(60, 100)
RELEASE_HOUR = 6  # UTC, of the day after a window: its figures are made
OPENING_HOUR = 7  # UTC: what was made since yesterday can be read
ITEM_DAYS = 28
ITEMS_A_MONTH = 4  # of one person count
SHARES_SHOWN_FROM = 10  # of an item, noise included
CLICKS_SHOWN_FROM = 20  # such shares, before an item's visits are shown
HEADS_STEP = 10  # head-counts are shown to the nearest ten
ORGANISATION = "organisation"  # the key of the group that everybody is in


class Level(StrEnum):
    """What a figure is about."""

    ORGANISATION = "organisation"
    DIVISION = "division"  # one step below the organisation, with all below it
    UNIT = "unit"
    ITEM = "item"


class Size(StrEnum):
    """Organisations by their number of colleagues on a calendar quarter's first day."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


class Rhythm(StrEnum):
    """How long a window is."""

    WEEK = "week"  # from Monday
    MONTH = "month"
    QUARTER = "quarter"
    ONCE = "once"  # ITEM_DAYS from the day an item was offered


@dataclass(frozen=True)
class Measure:
    """One figure of a table: how much one person can add, and the noise over the sum."""

    metric: Metric
    cap: int
    sigma: int
    step: int  # shown as a multiple of this

    @property
    def margin(self) -> int:
        """About 95 of 100 draws of noise are no larger."""
        return 2 * self.sigma


@dataclass(frozen=True)
class Table:
    """Figures of groups of one level, released together once a window."""

    name: str
    level: Level
    rhythm: Rhythm
    floor: int  # of colleagues who may use the service, not of those who take part
    measures: tuple[Measure, ...]
    published: bool = True

    def measure(self, metric: Metric | str) -> Measure:
        """The measure of one metric; pages name it by its word."""
        return next(one for one in self.measures if one.metric == metric)


def _table(
    name: str, level: Level, rhythm: Rhythm, floor: int, *measures: Measure
) -> Table:
    return Table(name, level, rhythm, floor, measures)


def _sharers(sigma: int) -> Measure:
    return Measure(Metric.SHARERS, cap=1, sigma=sigma, step=5)


def _clicks(cap: int, sigma: int) -> Measure:
    return Measure(Metric.CLICKS, cap, sigma, step=10)


_ALL, _DIVISION, _UNIT = Level.ORGANISATION, Level.DIVISION, Level.UNIT
_WEEK, _MONTH, _QUARTER = Rhythm.WEEK, Rhythm.MONTH, Rhythm.QUARTER
_SHARES = Measure(Metric.SHARES, cap=1, sigma=3, step=5)
_ITEM = _table("item", Level.ITEM, Rhythm.ONCE, 100, _SHARES, _clicks(10, 30))
# Waits for LinkedIn to allow that figures of several members are put together.
_TIMES_SHOWN = Measure(Metric.IMPRESSIONS, cap=6_000, sigma=12_000, step=1_000)
_IMPRESSIONS = Table(
    "impressions", _ALL, _QUARTER, 25, (_TIMES_SHOWN,), published=False
)

# Each size from so many colleagues on; below the first there are no figures.
SIZES = ((25, Size.SMALL), (200, Size.MEDIUM), (2_000, Size.LARGE))
SMALLEST = SIZES[0][0]
PLAN: Mapping[Size, tuple[Table, ...]] = {
    Size.SMALL: (
        _table("organisation-small", _ALL, _QUARTER, 25, _sharers(3), _clicks(30, 60)),
    ),
    Size.MEDIUM: (
        _table("organisation", _ALL, _MONTH, 25, _sharers(6), _clicks(40, 80)),
        _table("unit", _UNIT, _QUARTER, 100, _sharers(5)),
        _table("unit-clicks", _UNIT, _QUARTER, 250, _clicks(40, 120)),
        _ITEM,
        _IMPRESSIONS,
    ),
    Size.LARGE: (
        _table("organisation-large", _ALL, _WEEK, 25, _sharers(14), _clicks(20, 40)),
        _table("division", _DIVISION, _MONTH, 500, _sharers(8), _clicks(40, 120)),
        _table("unit-large", _UNIT, _QUARTER, 100, _sharers(6)),
        _ITEM,
        _IMPRESSIONS,
    ),
}
TABLES = {table.name: table for tables in PLAN.values() for table in tables}


def size_for(heads: int) -> Size | None:
    """The size of an organisation of so many; None when it is too small for figures."""
    fitting = [size for least, size in SIZES if heads >= least]
    return fitting[-1] if fitting else None


def method_digest() -> str:
    """SHA-256 in hex over every number of the method, for who compares it with a copy."""
    numbers = {
        "version": METHOD_VERSION,
        "yearly_limit": str(YEARLY_LIMIT),
        "editions": MOST_EDITIONS,
        "hours": [RELEASE_HOUR, OPENING_HOUR],
        "items": [ITEM_DAYS, ITEMS_A_MONTH, SHARES_SHOWN_FROM, CLICKS_SHOWN_FROM],
        "heads_step": HEADS_STEP,
        "sizes": SIZES,
        "plan": {size: [asdict(table) for table in PLAN[size]] for size in PLAN},
    }
    text = json.dumps(numbers, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
