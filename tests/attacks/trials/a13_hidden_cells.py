"""A13: which cells are there and which are not, read by who knows all but one."""

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
from tests.attacks.naive import FLOOR, naive_values

# Whether a cell has a number, in a world where the secret is true or not.
Visible = Callable[[SeededCoin, bool], bool]


def findings(lengths: Lengths) -> list[Finding]:
    cells = [_sharers(table, measure) for table, measure in _of(Metric.SHARERS)]
    cells += [_visits(table, measure) for table, measure in _of(Metric.CLICKS)]
    cells.append(
        _Cell(
            "item: shares shown or not", said("item hidden"), _item, 1 / SHARES.sigma**2
        )
    )
    return [_finding(cell, lengths) for cell in cells]


def _of(metric: Metric) -> list[tuple[Table, Measure]]:
    return [
        (table, measure)
        for table in TABLES.values()
        if table.name != "item"
        for measure in table.measures
        if measure.metric is metric
    ]


class _Cell(NamedTuple):
    name: str  # of its coin
    what: Said
    visible: Visible
    cost: float  # of its noisy value; its pattern cannot tell more


def _finding(cell: _Cell, lengths: Lengths) -> Finding:
    coin = lengths.coin("A13", cell.name)
    accuracy = Accuracy(
        right_of(lengths.trials, lambda secret: cell.visible(coin, secret)),
        at_best(cell.cost),
        right_of(lengths.trials, lambda secret: _naive(secret=secret)),
    )
    return accuracy.finding("A13", cell.what, lengths)


def _naive(*, secret: bool) -> bool:
    """Four are known; the fifth makes the number appear."""
    return naive_values({"": [1] * (FLOOR - 1 + secret)})["all"] is not None


def _sharers(table: Table, measure: Measure) -> _Cell:
    """A group has a row because of its head-count, and the row always has a number."""

    def visible(coin: SeededCoin, secret: bool) -> bool:  # noqa: FBT001
        seen = released([1] * (FLOOR - 1 + secret), table, measure, coin)
        return seen[1] is not None

    what = said("sharers hidden", table=said(table.name))
    return _Cell(f"{table.name}: sharers, number or not", what, visible, 0)


def _visits(table: Table, measure: Measure) -> _Cell:
    """All others together are just where one more at the cap tips it."""
    full, left = divmod(measure.margin - measure.cap // 2, measure.cap)
    others = [measure.cap] * full + [left]

    def visible(coin: SeededCoin, secret: bool) -> bool:  # noqa: FBT001
        amounts = others + [measure.cap] * secret
        return released(amounts, table, measure, coin)[1] is not None

    return _Cell(
        f"{table.name}: visits, number or too few to show",
        said("visits hidden", table=said(table.name)),
        visible,
        (measure.cap / measure.sigma) ** 2,
    )


def _item(coin: SeededCoin, secret: bool) -> bool:  # noqa: FBT001
    shares = [1] * (SHARES_SHOWN_FROM - 1 + secret)
    return released_item(shares, shares, coin).shares_shown is not None
