"""A17: all but one hand over how often their links were visited, for one figure."""

from advocacy.reach.attack_said import said
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES, Level, Measure, Table
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.guessing import at_best, did, released, right_of
from tests.attacks.item_figures import released_item
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import naive_total

OTHERS = 24  # at the cap: with fewer, visits are often too few to show
WITH_VISITS = [
    (table, measure)
    for table in TABLES.values()
    for measure in table.measures
    if measure.metric is Metric.CLICKS
]


def findings(lengths: Lengths) -> list[Finding]:
    return [
        finding
        for table, measure in WITH_VISITS
        for finding in _of_one_figure(table, measure, lengths)
    ]


def _of_one_figure(table: Table, measure: Measure, lengths: Lengths) -> list[Finding]:
    others = [measure.cap] * OTHERS
    known = sum(others)
    coin = lengths.coin("A17", table.name)
    right = [0, 0]
    for n in range(lengths.trials):
        secret = n % 2 == 1
        seen = _seen(table, measure, others + [measure.cap] * secret, coin)
        for way, value in enumerate(seen):
            right[way] += did(value, known, measure.cap) == secret
    naive = right_of(
        lengths.trials,
        lambda secret: did(
            naive_total(others + [measure.cap] * secret), known, measure.cap
        ),
    )
    bound = at_best((measure.cap / measure.sigma) ** 2)
    figure = {
        "table": said(table.name),
        "cap": measure.cap,
        "sigma": measure.sigma,
    }
    return [
        Accuracy(number / lengths.trials, bound, naive).finding(
            "A17", said("visits handed over", **figure, way=said(way)), lengths
        )
        for number, way in zip(right, ("stored", "shown"), strict=True)
    ]


def _seen(
    table: Table, measure: Measure, amounts: list[int], coin: SeededCoin
) -> tuple[int, int | None]:
    if table.level is not Level.ITEM:
        return released(amounts, table, measure, coin)
    item = released_item([1] * len(amounts), amounts, coin)
    return item.visits, item.visits_shown
