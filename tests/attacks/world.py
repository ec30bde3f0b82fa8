"""Invented colleagues and a year of what they do; the constants are assumptions.

About three in ten take part. How often they share is very uneven, and how often their posts
are visited even more so. The numbers are those under the tables of privacy.md 1.4 and 1.5,
and where it gives none, such that its typical true values come out.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from math import exp, log
from random import Random

from advocacy.reach.models import Metric
from advocacy.reach.tables import Size, Table
from advocacy.reach.windows import Window, windows_beginning

TAKING_PART = 0.3
SHARES_A_MONTH = 1.2  # on average, gamma of SHAPE
SHAPE = 0.8
ITEMS_A_MONTH = 12  # offered
POPULARITY = 3  # of an item, gamma
VISITS = 5  # to a share on average, lognormal, then Poisson
OF_A_PERSON = 1.1  # the standard deviation of the logarithm, once for each person
OF_A_SHARE = 0.9  # and once for each share
YEAR = 2027  # 52 weeks begin in it


@dataclass(frozen=True)
class Shared:
    """Somebody shared an item."""

    day: date
    item: int  # 12 × month + place
    visits: int


Person = list[Shared]


def people(random: Random, heads: int) -> list[Person]:
    """The year of all who take part, of an organisation of so many."""
    popular = [
        list(accumulate(random.gammavariate(POPULARITY, 1) for _ in range(12)))
        for _ in range(12)
    ]
    return [_year(random, popular) for _ in range(round(TAKING_PART * heads))]


def _year(random: Random, popular: list[list[float]]) -> Person:
    rate = random.gammavariate(SHAPE, SHARES_A_MONTH / SHAPE)
    well_known = random.gauss(0, OF_A_PERSON)
    done = []
    for month, weights in enumerate(popular):
        first = date(YEAR, month + 1, 1)
        for place in _items(random, poisson(random, rate), weights):
            day = first + timedelta(random.randrange(28))
            visits = _visits(random, well_known)
            done.append(Shared(day, ITEMS_A_MONTH * month + place, visits))
    return done


def _items(random: Random, number: int, weights: list[float]) -> set[int]:
    found: set[int] = set()
    while len(found) < min(number, ITEMS_A_MONTH):
        found.update(random.choices(range(ITEMS_A_MONTH), cum_weights=weights))
    return found


def _visits(random: Random, well_known: float) -> int:
    middle = log(VISITS) - (OF_A_PERSON**2 + OF_A_SHARE**2) / 2
    return poisson(random, exp(middle + well_known + random.gauss(0, OF_A_SHARE)))


def visits_of_somebody(random: Random) -> int:
    """To one share of anybody."""
    return _visits(random, random.gauss(0, OF_A_PERSON))


def poisson(random: Random, mean: float) -> int:
    """A whole number from 0; above 50 by the bell curve, which is near enough there."""
    if mean > 50:
        return max(0, round(random.gauss(mean, mean**0.5)))
    number, left = 0, random.random()
    least = exp(-mean)
    while left > least:
        left *= random.random()
        number += 1
    return number


def figures_of_a_year(size: Size) -> list[tuple[Table, Window]]:
    """The windows of an organisation of this size, items apart, in the order they begin."""
    days = (date(YEAR, 1, 1) + timedelta(n) for n in range(365))
    return [one for day in days for one in windows_beginning(day, size)]


def amount(metric: Metric, person: Person, window: Window) -> int:
    """What one person adds to a window's figure, before any cap."""
    inside = [one for one in person if window.start <= one.day < window.end]
    if metric is Metric.SHARERS:
        return int(bool(inside))
    return sum(one.visits for one in inside)


def amounts(
    metric: Metric, persons: Iterable[Person], windows: Iterable[Window]
) -> dict[Window, list[int]]:
    """The same of many people, by window; of those alone who add something."""
    of_day = {
        window.start + timedelta(n): window
        for window in windows
        for n in range((window.end - window.start).days)
    }
    found: dict[Window, list[int]] = {window: [] for window in of_day.values()}
    for person in persons:
        mine: defaultdict[Window, int] = defaultdict(int)
        for one in person:
            if window := of_day.get(one.day):
                mine[window] += one.visits
        for window, visits in mine.items():
            number = 1 if metric is Metric.SHARERS else visits
            if number:
                found[window].append(number)
    return found
