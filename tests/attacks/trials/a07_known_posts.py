"""A7: who shared an item is public. Did one of them get 60 visits or 5?"""

from collections.abc import Sequence

from advocacy.reach.attack_said import said
from tests.attacks.item_figures import released_item
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive import naive_values
from tests.attacks.world import visits_of_somebody

MANY, FEW = 60, 5
KNOWN = (5, 10, 20, 30)  # fewer are hidden in the naive release as well
MOST = 0.57
NAIVE_REACHES = 0.7
NOT_SHOWN = -1_000  # less than anything

# A value the attacker saw, and whether it was MANY.
Seen = tuple[int, bool]


def findings(lengths: Lengths) -> list[Finding]:
    found = []
    for known in KNOWN:
        naive, *ways = [best_line(seen) for seen in _tried(lengths, known)]
        for reached, way in zip(ways, ("stored", "shown"), strict=True):
            accuracy = Accuracy(reached, MOST, naive, NAIVE_REACHES)
            words = said("known sharers", known=known, way=said(way))
            found.append(accuracy.finding("A7", words, lengths))
    return found


def _tried(lengths: Lengths, known: int) -> tuple[list[Seen], list[Seen], list[Seen]]:
    """What was seen of exact totals, of stored figures, of shown ones."""
    coin = lengths.coin("A7", known)
    naive, stored, shown = [], [], []
    for n in range(lengths.trials):
        secret = n % 2 == 1
        others = [visits_of_somebody(coin.random) for _ in range(known - 1)]
        visits = [*others, MANY if secret else FEW]
        shares = [1] * known
        exact = sum(visits) if naive_values({"": shares})["all"] else NOT_SHOWN
        item = released_item(shares, visits, coin)
        in_print = NOT_SHOWN if item.visits_shown is None else item.visits_shown
        naive.append((exact, secret))
        stored.append((item.visits, secret))
        shown.append((in_print, secret))
    return naive, stored, shown


def best_line(seen: Sequence[Seen]) -> float:
    """How often one is right who says "many" above the line that suits best afterwards.

    The attacker cannot know that line so well; the advantage is theirs.
    """
    right = best = sum(secret for _, secret in seen)
    values = sorted(seen)
    for place, (value, secret) in enumerate(values):
        right += -1 if secret else 1
        if place + 1 == len(values) or values[place + 1][0] != value:
            best = max(best, right)
    return best / len(seen)
