"""What is published, about how many, how often, with how much noise: constants.

Every number here is a promise to the works council (privacy.md 1.5, docs/figures.md). A
change that weakens one needs a new METHOD_VERSION and a new consent to P4.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from advocacy.reach.models import Metric

METHOD_VERSION = 1
# What all figures on taking part together may cost one person in a calendar year.
YEARLY_LIMIT = Fraction(60, 100)
# Figures come out at this hour (UTC) of the day after their window, whatever they say.
RELEASE_HOUR = 6
ORGANISATION = "organisation"


class Rhythm(StrEnum):
    """How long a window is."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True)
class Measure:
    """One figure of a table: how much one person can add, and the noise over the sum."""

    metric: Metric
    cap: int
    sigma: int

    @property
    def margin(self) -> int:
        """About 95 of 100 draws of noise are no larger."""
        return 2 * self.sigma


@dataclass(frozen=True)
class Table:
    """Figures of one group, released together once a window."""

    name: str
    group: str
    rhythm: Rhythm
    floor: int  # of colleagues who may use the service, not of those who take part
    measures: tuple[Measure, ...]

    def measure(self, metric: Metric | str) -> Measure:
        """The measure of one metric; pages name it by its word."""
        return next(one for one in self.measures if one.metric == metric)


def _organisation(
    name: str, rhythm: Rhythm, sharers: tuple[int, int], clicks: tuple[int, int]
) -> Table:
    measures = (Measure(Metric.SHARERS, *sharers), Measure(Metric.CLICKS, *clicks))
    return Table(name, ORGANISATION, rhythm, 25, measures)


# By the number of colleagues at the start of a window: at least so many, the largest
# that fits. Below the first there are no figures.
BY_HEADS: tuple[tuple[int, Table], ...] = (
    (25, _organisation("organisation-small", Rhythm.QUARTER, (1, 3), (30, 60))),
    (200, _organisation("organisation", Rhythm.MONTH, (1, 6), (40, 80))),
    (2000, _organisation("organisation-large", Rhythm.WEEK, (1, 14), (20, 40))),
)
TABLES = {table.name: table for _, table in BY_HEADS}
SMALLEST = BY_HEADS[0][0]


def table_for(heads: int) -> Table | None:
    """The table of an organisation of this size; None when it is too small for any."""
    fitting = [table for least, table in BY_HEADS if heads >= least]
    return fitting[-1] if fitting else None
