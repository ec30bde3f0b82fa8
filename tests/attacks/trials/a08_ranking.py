"""A8: a year of item figures and the public list of who shared what, against each person.

Who shared an item is known from the posts themselves. Regression of the items' visits on
their sharers gives each person a number; a pair of colleagues of whom one has at least twice
as many visits a share is ranked right or wrong by it.
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence

from advocacy.reach.attack_said import Said, said
from tests.attacks.item_year import items_of
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.ridge import ridge, weights
from tests.attacks.world import Person, people

MOST = 0.60
NAIVE_REACHES = 0.62
HEAVY = 24  # shares a year
FEWEST_ITEMS = 5  # shown in a year, or there is nothing to compare
SETTINGS = (0.1, 1, 3, 10, 30, 100, 300, 1_000)
WHO = {"all who share": 1, "who shares much": HEAVY}
# Among more colleagues even exact totals do not give away those who share now and then.
MOST_HEADS_FOR_ALL = 500

# Of one year, by setting: the share of right pairs, or None without any pair.
Rates = list[float | None]


def findings(lengths: Lengths) -> list[Finding]:
    return [
        finding for heads in lengths.ranking_heads for finding in _of(heads, lengths)
    ]


def _of(heads: int, lengths: Lengths) -> list[Finding]:
    coin = lengths.coin("A8", heads)
    exact: dict[str, list[Rates]] = {who: [] for who in WHO}
    released: dict[str, list[Rates]] = {who: [] for who in WHO}
    for _ in range(lengths.ranking_years):
        persons = people(coin.random, heads)
        items = items_of(persons, coin)
        seen = [(item.sharers, item.figures.visits_shown) for item in items]
        naive = [(item.sharers, item.exact) for item in items]
        for figures, into in ((naive, exact), (seen, released)):
            for who, rates in _ranked(persons, figures).items():
                into[who].append(rates)
    return [
        Accuracy(_best(released[who]), MOST, _best(exact[who]), NAIVE_REACHES).finding(
            "A8", said("ranked", heads=heads, who=_who(who)), lengths
        )
        for who, least in WHO.items()
        if least == HEAVY or heads <= MOST_HEADS_FOR_ALL
    ]


def _who(key: str) -> Said:
    return said(key, shares=HEAVY) if WHO[key] == HEAVY else said(key)


def _best(years: Sequence[Rates]) -> float:
    """Of the setting that turns out best over all years; a coin where nothing is shown."""
    by_setting = [
        [one for one in rates if one is not None] for rates in zip(*years, strict=True)
    ]
    return max((sum(rates) / len(rates) for rates in by_setting if rates), default=0.5)


def _ranked(
    persons: Sequence[Person], figures: Sequence[tuple[int, int | None]]
) -> dict[str, Rates]:
    """For all settings how many pairs one year's figures rank right."""
    shown = [(sharers, value) for sharers, value in figures if value is not None]
    if len(shown) < FEWEST_ITEMS:
        return {who: [None] * len(SETTINGS) for who in WHO}
    sharers = [bits for bits, _ in shown]
    number = sum(bits.bit_count() for bits in sharers)
    usual = sum(value for _, value in shown) / max(1, number)
    rest = [value - usual * bits.bit_count() for bits, value in shown]
    ranks = [
        weights(sharers, ridge(sharers, rest, setting), len(persons))
        for setting in SETTINGS
    ]
    return {
        who: [_right_pairs(persons, rank, least) for rank in ranks]
        for who, least in WHO.items()
    }


def _right_pairs(
    persons: Sequence[Person], rank: Sequence[float], least: int
) -> float | None:
    """The share of pairs told apart of whom one has twice the visits a share."""
    compared = sorted(
        (sum(one.visits for one in person) / len(person), rank[n])
        for n, person in enumerate(persons)
        if len(person) >= least and any(one.visits for one in person)
    )
    behind: list[float] = []  # ranks of those with at most half as many
    next_, pairs, right = 0, 0, 0.0
    for visits, place in compared:
        while 2 * compared[next_][0] <= visits:
            insort(behind, compared[next_][1])
            next_ += 1
        pairs += len(behind)
        right += (bisect_left(behind, place) + bisect_right(behind, place)) / 2
    return right / pairs if pairs else None
