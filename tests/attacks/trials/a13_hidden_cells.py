"""A13: which cells are there and which are not, read by who knows all but one.

The same groups are read in the released figures and in exact totals: those in which four
are known to add something, and those just where one more tips the rule of the release.
"""

from collections.abc import Callable
from typing import NamedTuple

from advocacy.reach.attack_said import Said, said
from advocacy.reach.models import Metric
from advocacy.reach.tables import SHARES_SHOWN_FROM, TABLES, Measure, Table
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.guessing import at_best, released, right_of
from tests.attacks.item_figures import SHARES, released_item
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import FLOOR, naive_total

# Whether the cell of a group whose people add so much has a number.
Visible = Callable[[list[int]], bool]


class _Cell(NamedTuple):
    what: Said
    one_more: int  # what the one adds who is not known
    groups: list[list[int]]  # what the others add
    released: Callable[[list[int], SeededCoin], bool]
    cost: float  # of its noisy value; its pattern cannot tell more


def findings(lengths: Lengths) -> list[Finding]:
    cells = [_sharers(table, measure) for table, measure in _of(Metric.SHARERS)]
    cells += [_visits(table, measure) for table, measure in _of(Metric.CLICKS)]
    return [_finding(cell, lengths) for cell in [*cells, _item()]]


def _of(metric: Metric) -> list[tuple[Table, Measure]]:
    return [
        (table, measure)
        for table in TABLES.values()
        if table.name != "item"
        for measure in table.measures
        if measure.metric is metric
    ]


def _finding(cell: _Cell, lengths: Lengths) -> Finding:
    coin = lengths.coin("A13", cell.what)
    accuracy = Accuracy(
        _best(cell, lambda amounts: cell.released(amounts, coin), lengths.trials),
        at_best(cell.cost),
        _best(cell, lambda amounts: naive_total(amounts) is not None, lengths.trials),
    )
    return accuracy.finding("A13", cell.what, lengths)


def _best(cell: _Cell, visible: Visible, trials: int) -> float:
    """How often a number means that the one more took part, in the group that tells most."""

    def right(others: list[int]) -> float:
        more = [cell.one_more]
        return right_of(trials, lambda secret: visible(others + more * secret))

    return max(map(right, cell.groups))


def _sharers(table: Table, measure: Measure) -> _Cell:
    """A group has a row because of its head-count, and the row always has a number."""
    return _Cell(
        said("sharers hidden", table=said(table.name)),
        1,
        [_four(1)],
        lambda amounts, coin: released(amounts, table, measure, coin)[1] is not None,
        0,
    )


def _visits(table: Table, measure: Measure) -> _Cell:
    full, left = divmod(measure.margin - measure.cap // 2, measure.cap)
    tipping = [measure.cap] * full + [left]
    return _Cell(
        said("visits hidden", table=said(table.name)),
        measure.cap,
        [_four(measure.cap), tipping],
        lambda amounts, coin: released(amounts, table, measure, coin)[1] is not None,
        (measure.cap / measure.sigma) ** 2,
    )


def _item() -> _Cell:
    return _Cell(
        said("item hidden"),
        1,
        [_four(1), [1] * (SHARES_SHOWN_FROM - 1)],
        lambda shares, coin: (
            released_item(shares, shares, coin).shares_shown is not None
        ),
        1 / SHARES.sigma**2,
    )


def _four(each: int) -> list[int]:
    """With one more, the naive release shows them."""
    return [each] * (FLOOR - 1)
