"""A4: somebody joins, leaves, moves or withdraws; does a figure step with them?"""

from advocacy.reach.attack_said import said
from advocacy.reach.drawing import drawn
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.guessing import at_best, right_of
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import naive_values
from tests.attacks.trials.a03_differences import SHARERS

# In which windows and units somebody would be counted who takes part: then, and now.
CHANGES = {
    "joins": ((), ("here",)),
    "leaves": (("here",), ()),
    "moves": (("here",), ("there",)),
    "withdraws": (("here",), ()),
}


def findings(lengths: Lengths) -> list[Finding]:
    return [_finding(change, lengths) for change in CHANGES]


def _finding(change: str, lengths: Lengths) -> Finding:
    coin = lengths.coin("A4", change)
    accuracy = Accuracy(
        right_of(lengths.trials, lambda secret: _guess(change, coin, secret=secret)),
        at_best(1 / SHARERS.sigma**2),
        right_of(
            lengths.trials,
            lambda secret: _guess(change, coin, secret=secret, exact=True),
        ),
    )
    return accuracy.finding("A4", said(change), lengths)


def _guess(change: str, coin: SeededCoin, *, secret: bool, exact: bool = False) -> bool:
    """All others are known and stay as they are."""
    known = {unit: coin.random.randint(6, 30) for unit in ("here", "there")}
    steps = []
    for places in CHANGES[change]:
        amounts = {
            unit: [1] * (number + (secret and unit in places))
            for unit, number in known.items()
        }
        seen = naive_values(amounts) if exact else drawn(amounts, SHARERS, coin)
        steps.append(seen)
    then, now = steps
    gone = (then["here"] or 0) - (now["here"] or 0)
    if change == "joins":
        return -2 * gone > 1
    if "there" in CHANGES[change][1]:  # out of one and into the other
        return gone + (now["there"] or 0) - (then["there"] or 0) > 1
    return 2 * gone > 1
