"""A1: who knows of all others whether they took part reads one figure."""

from statistics import mean

from advocacy.reach.attack_said import Said, in_english, said
from advocacy.reach.models import Metric
from advocacy.reach.tables import TABLES, Measure, Table
from tests.attacks.guessing import at_best, did, released, some_sharers
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import naive_total

WITH_SHARERS = [
    (table, measure)
    for table in TABLES.values()
    for measure in table.measures
    if measure.metric is Metric.SHARERS
]


def findings(lengths: Lengths) -> list[Finding]:
    return [
        finding
        for table, measure in WITH_SHARERS
        for finding in of_one_figure("A1", table, measure, lengths)
    ]


def of_one_figure(
    attack: str,
    table: Table,
    measure: Measure,
    lengths: Lengths,
    others: int | None = None,
    case: Said | None = None,
) -> list[Finding]:
    """Two lines: the figure as stored, and as shown. `others`, if given, all took part."""
    in_case = f", {in_english(case)}" if case else ""
    coin = lengths.coin(attack, f"{table.name}, sigma {measure.sigma}{in_case}")
    naive, stored, seen = [], [], []
    for n in range(lengths.trials):
        secret = n % 2 == 1
        known = some_sharers(table, coin.random) if others is None else others
        amounts = [1] * (known + secret)
        noisy, shown = released(amounts, table, measure, coin)
        naive.append(did(naive_total(amounts), known, 1) == secret)
        stored.append(did(noisy, known, 1) == secret)
        seen.append(did(shown, known, 1) == secret)
    bound = at_best(1 / measure.sigma**2)
    return [
        Accuracy(mean(right), bound, mean(naive)).finding(
            attack, _what(table, measure, case, way), lengths
        )
        for right, way in ((stored, "stored"), (seen, "shown"))
    ]


def _what(table: Table, measure: Measure, case: Said | None, way: str) -> Said:
    about, seen = said(table.name), said(way)
    if case is None:
        return said("figure", table=about, sigma=measure.sigma, way=seen)
    return said(
        "figure in a case", table=about, sigma=measure.sigma, case=case, way=seen
    )
