"""The attacker's arithmetic: tell from figures whether one colleague did something."""

from collections.abc import Callable, Sequence
from random import Random
from statistics import NormalDist

from advocacy.reach.display import shown_values
from advocacy.reach.drawing import drawn
from advocacy.reach.gaussian import Coin
from advocacy.reach.tables import PLAN, SIZES, Measure, Table

ONE = "group"
SMALLEST_OF = {PLAN[size][0].name: heads for heads, size in SIZES}


def some_sharers(table: Table, random: Random) -> int:
    """How many others take part, in a group as small as the table has."""
    heads = SMALLEST_OF.get(table.name, table.floor)
    return random.randint(heads // 5, heads * 3 // 10)


def at_best(cost: float) -> float:
    """How often nobody guesses better, of figures that cost so much together."""
    return NormalDist().cdf(cost**0.5 / 2)


def right_of(trials: int, guess: Callable[[bool], bool]) -> float:
    """How often `guess` tells the secret, which is true in every other trial."""
    return sum(guess(n % 2 == 1) == (n % 2 == 1) for n in range(trials)) / trials


def released(
    amounts: Sequence[int], table: Table, measure: Measure, coin: Coin
) -> tuple[int, int | None]:
    """One group's figure: as stored, and as shown to people."""
    noisy = drawn({ONE: amounts}, measure, coin)
    return noisy[ONE], shown_values(table, measure, noisy, {})[ONE]


def did(seen: int | None, known: int, part: int) -> bool:
    """The best guess from one figure: nearer to what is known with the part than without.

    Too few to show is less than anything. Noise falls off evenly to both sides, so nothing
    beats this, and rounding to the nearest keeps it so.
    """
    return seen is not None and 2 * (seen - known) > part
