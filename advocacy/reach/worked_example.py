"""Two sums with invented numbers, worked out as real ones are, to be done again by hand.

Only the draws are written down here: a real one is chance, and nobody knows it.
"""

from dataclasses import dataclass

from advocacy.reach.display import margin_of, shown_values
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES, Measure, Table

TABLE = TABLES["organisation"]
MEASURE = TABLE.measure(Metric.CLICKS)
AMOUNTS = (212, 56, 40, 33, 21, 9)  # visits; of all other colleagues 0
DRAW, OTHER_DRAW = 23, -31
PARTS_TABLE = TABLES["unit"]
NOISY_PARTS = (27, 14, 22)


@dataclass(frozen=True)
class Drawn:
    """What one draw makes of a sum; no value: too few to show."""

    draw: int
    noisy: int
    value: int | None


@dataclass(frozen=True)
class Sum:
    """Visits in one period: each colleague's amount as it was and as it counts."""

    table: Table
    measure: Measure
    amounts: tuple[tuple[int, int], ...]
    total: int
    drawn: Drawn
    other: Drawn  # with another draw, which hides it


@dataclass(frozen=True)
class Whole:
    """Groups that make up a whole: (noisy, rounded down, shown) of each, and the whole's."""

    measure: Measure
    parts: tuple[tuple[int, int, int | None], ...]
    noisy: int
    value: int | None
    margin: int


def visits_example() -> Sum:
    """One figure, from what people add to what is shown."""
    counted = [min(amount, MEASURE.cap) for amount in AMOUNTS]
    total = sum(counted)
    return Sum(
        table=TABLE,
        measure=MEASURE,
        amounts=tuple(zip(AMOUNTS, counted, strict=True)),
        total=total,
        drawn=_drawn(total, DRAW),
        other=_drawn(total, OTHER_DRAW),
    )


def _drawn(total: int, draw: int) -> Drawn:
    noisy = total + draw
    return Drawn(draw, noisy, shown_values(TABLE, MEASURE, {"all": noisy}, {})["all"])


def parts_example() -> Whole:
    """Colleagues who shared something, of three groups and of all of them."""
    measure = PARTS_TABLE.measure(Metric.SHARERS)
    noisy = {f"part {n}": value for n, value in enumerate(NOISY_PARTS)}
    whole = {"whole": tuple(noisy)}
    values = shown_values(PARTS_TABLE, measure, noisy, whole)
    step = measure.step
    return Whole(
        measure=measure,
        parts=tuple(
            (value, value // step * step, values[key]) for key, value in noisy.items()
        ),
        noisy=sum(NOISY_PARTS),
        value=values["whole"],
        margin=margin_of(measure.sigma, len(NOISY_PARTS)),
    )
