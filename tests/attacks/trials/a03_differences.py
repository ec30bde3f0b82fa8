"""A3: take one figure from another: parts from their whole, weeks from months, then from now."""

from random import Random

from advocacy.reach.attack_said import said
from advocacy.reach.display import shown_values
from advocacy.reach.drawing import drawn
from advocacy.reach.groups import UnitHeads, groups_of, totals_over
from advocacy.reach.models import Metric
from advocacy.reach.tables import ORGANISATION, TABLES, Size
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.guessing import at_best, right_of
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import FLOOR, naive_values
from tests.attacks.trials.a02_whole_year import TAKING_PART, of_parts
from tests.attacks.world import figures_of_a_year

UNIT = TABLES["unit"]
SHARERS = UNIT.measure(Metric.SHARERS)
UNITS = [UnitHeads(n, None, f"Unit {n}", 120) for n in range(1, 6)]


def findings(lengths: Lengths) -> list[Finding]:
    return [*_rhythms(lengths), _whole_less_others(lengths), _now_less_then(lengths)]


def _rhythms(lengths: Lengths) -> list[Finding]:
    """Weeks, months and a quarter that overlap, of somebody who took part in all."""
    found = []
    for size in (Size.MEDIUM, Size.LARGE):
        parts = [
            (table, measure, 1)
            for table, window in figures_of_a_year(size)
            for measure in table.measures
            if measure.metric is Metric.SHARERS and window.start.month <= 3
        ]
        what = said("one quarter", size=said(size), figures=len(parts))
        found += of_parts("A3", what, parts, TAKING_PART, lengths)
    return found


def _whole_less_others(lengths: Lengths) -> Finding:
    """The organisation less all units but one, from the rounded figures of the page."""
    coin = lengths.coin("A3", "whole")
    groups = groups_of(UNITS, UNIT.floor)
    tree = {one.group.key: one.parts for one in totals_over(UNITS, groups)}
    keys = [group.key for group in groups]

    def guess(secret: bool) -> bool:  # noqa: FBT001
        known = {key: coin.random.randint(5, 30) for key in keys}
        amounts = {key: [1] * known[key] for key in keys}
        amounts[keys[0]] += [1] * secret
        seen = shown_values(UNIT, SHARERS, drawn(amounts, SHARERS, coin), tree)
        rest = _less(seen, ORGANISATION, keys[1:])
        return 2 * (rest - known[keys[0]]) > 1

    accuracy = Accuracy(
        right_of(lengths.trials, guess),
        at_best(1 / SHARERS.sigma**2),
        right_of(lengths.trials, lambda secret: _hidden_unit(coin.random, secret)),
    )
    return accuracy.finding("A3", said("whole less others"), lengths)


def _hidden_unit(random: Random, secret: bool) -> bool:  # noqa: FBT001
    """Two units are hidden; their sum is what the others leave of the whole."""
    known = {"a": FLOOR - 2, "b": FLOOR - 1, "c": random.randint(FLOOR, 30)}
    amounts = {key: [1] * number for key, number in known.items()}
    amounts["a"] += [1] * secret
    seen = naive_values(amounts)
    visible = [key for key in known if seen[key] is not None]
    hidden = sum(known[key] for key in known if key not in visible)
    return _less(seen, "all", visible) > hidden


def _less(seen: dict[str, int | None], whole: str, parts: list[str]) -> int:
    return (seen[whole] or 0) - sum(seen[part] or 0 for part in parts)


def _now_less_then(lengths: Lengths) -> Finding:
    """The same unit a quarter later, when one colleague more may take part."""
    coin = lengths.coin("A3", "now")
    accuracy = Accuracy(
        right_of(lengths.trials, lambda secret: step(coin, secret=secret)),
        at_best(1 / SHARERS.sigma**2),
        right_of(lengths.trials, lambda secret: exact_step(coin, secret=secret)),
    )
    return accuracy.finding("A3", said("now less then"), lengths)


def step(coin: SeededCoin, *, secret: bool) -> bool:
    """Whether the unit's figure went up by more than what is known."""
    known = coin.random.randint(5, 30)
    then = drawn({"then": [1] * known}, SHARERS, coin)["then"]
    now = drawn({"now": [1] * (known + secret)}, SHARERS, coin)["now"]
    return 2 * (now - then) > 1


def exact_step(coin: SeededCoin, *, secret: bool) -> bool:
    """The same where figures are exact."""
    known = coin.random.randint(FLOOR, 30)
    then = naive_values({"unit": [1] * known})["all"] or 0
    now = naive_values({"unit": [1] * (known + secret)})["all"] or 0
    return 2 * (now - then) > 1
