"""A2: the same reader reads every figure of a year and weighs them as well as one can."""

from collections.abc import Sequence
from random import Random

from advocacy.reach.attack_said import Said, said
from advocacy.reach.models import Metric
from advocacy.reach.tables import Measure, Size, Table
from advocacy.reach.windows import Window
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.guessing import released, right_of, some_sharers
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import naive_total
from tests.attacks.world import Person, amount, figures_of_a_year, people

TAKING_PART = 0.65
WITH_VISITS = 0.70
PERSONS = 1_500  # among whom the typical one is found

# What one colleague adds to a figure, or does not.
Part = tuple[Table, Measure, int]


def findings(lengths: Lengths) -> list[Finding]:
    found = []
    for size in Size:
        year = figures_of_a_year(size)
        everything = [
            (table, measure, 1)
            for table, _ in year
            for measure in table.measures
            if measure.metric is Metric.SHARERS
        ]
        what = said("taking part", size=said(size), figures=len(everything))
        found += of_parts("A2", what, everything, TAKING_PART, lengths)
        typical = _typical(year, lengths)
        what = said("with visits", size=said(size))
        found += of_parts("A2", what, typical, WITH_VISITS, lengths)
    return found


def of_parts(
    attack: str, what: Said, parts: Sequence[Part], bound: float, lengths: Lengths
) -> list[Finding]:
    """Two lines of `what`, by way: all these figures weighed together, as stored and as shown.

    Each is weighed by what the colleague adds to it and how little it is noised, which is
    the likelihood and so the best of all linear combinations.
    """
    coin = lengths.coin(attack, what.key, len(parts))
    right = [0, 0]
    for n in range(lengths.trials):
        secret = n % 2 == 1
        for way, weight in enumerate(_weighed(parts, coin, secret=secret)):
            right[way] += (weight > 0) == secret
    naive = right_of(lengths.trials, lambda secret: _exact(parts, secret=secret))
    return [
        Accuracy(number / lengths.trials, bound, naive).finding(
            attack, said(what.key, **what.values, way=said(way)), lengths
        )
        for number, way in zip(right, ("stored", "shown"), strict=True)
    ]


def _weighed(parts: Sequence[Part], coin: SeededCoin, *, secret: bool) -> list[float]:
    weights = [0.0, 0.0]
    for table, measure, part in parts:
        others = _others(table, measure, coin.random)
        seen = released(others + [part] * secret, table, measure, coin)
        for way, value in enumerate(seen):
            if value is not None:
                off = value - sum(others) - part / 2
                weights[way] += part * off / measure.sigma**2
    return weights


def _exact(parts: Sequence[Part], *, secret: bool) -> bool:
    """One figure is enough."""
    table, measure, part = parts[0]
    others = _others(table, measure, Random(0))  # noqa: S311
    return naive_total(others + [part] * secret) != sum(others)


def _others(table: Table, measure: Measure, random: Random) -> list[int]:
    """Enough of them at the cap for visits to be shown: the attacker's best case."""
    if measure.metric is Metric.SHARERS:
        return [1] * some_sharers(table, random)
    return [measure.cap] * 12


def _typical(year: Sequence[tuple[Table, Window]], lengths: Lengths) -> list[Part]:
    """What the person adds who, of all who share at all, is in the middle by cost."""
    random = lengths.coin("A2", "typical").random
    persons = [one for one in people(random, round(PERSONS / 0.3)) if one]
    each = sorted((_parts(one, year) for one in persons), key=_cost)
    return each[len(each) // 2]


def _parts(person: Person, year: Sequence[tuple[Table, Window]]) -> list[Part]:
    return [
        (table, measure, part)
        for table, window in year
        for measure in table.measures
        if (part := min(measure.cap, amount(measure.metric, person, window)))
    ]


def _cost(parts: Sequence[Part]) -> float:
    return sum((part / measure.sigma) ** 2 for _, measure, part in parts)
