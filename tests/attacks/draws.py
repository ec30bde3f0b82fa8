"""The release's own drawing, from a coin that is the same in every run."""

import secrets
from collections.abc import Iterable
from typing import NamedTuple

from advocacy.reach.drawing import noisy_sum
from advocacy.reach.gaussian import Coin
from advocacy.reach.tables import Measure
from tests.advocacy.reach.conftest import SeededCoin
from tests.attacks.naive import naive_total


class Draw(NamedTuple):
    """One noisy value, and of what kind."""

    measure: Measure
    value: int


class Draws:
    """In the place of `noisy_sum`: notes each draw; may give out those of another world.

    Given those, everything that can be seen is a function of the same noisy values.
    """

    def __init__(self, coin: Coin, instead: "list[Draw] | None" = None) -> None:
        self.coin = coin
        self.instead = instead
        self.noted: list[Draw] = []
        self.reached: list[
            tuple[int, ...]
        ] = []  # what each draw added up; no reader has it

    def __call__(self, amounts: Iterable[int], measure: Measure, coin: Coin) -> int:
        assert coin is secrets, "the service itself draws from somewhere else"
        parts = tuple(amounts)
        self.reached.append(parts)
        value = noisy_sum(parts, measure, self.coin)
        self.noted.append(Draw(measure, value))
        if self.instead is None:
            return value
        return self.instead[len(self.noted) - 1].value

    def naive(self) -> list[int | None]:
        """What a release of exact totals would have in the place of each draw."""
        return [naive_total(parts) for parts in self.reached]

    @classmethod
    def seeded(cls, word: str, instead: "list[Draw] | None" = None) -> "Draws":
        """The same draws for the same word."""
        return cls(SeededCoin(word), instead)
