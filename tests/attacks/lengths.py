"""How much a run tries: all of it, or as much as fits into a run of the tests."""

from dataclasses import dataclass

from tests.advocacy.reach.conftest import SeededCoin


@dataclass(frozen=True)
class Lengths:
    """Numbers of trials and of simulated years."""

    seed: int = 1
    trials: int = 4_000  # of an attack on figures that can be drawn again and again
    ranking_years: int = 30
    ranking_heads: tuple[int, ...] = (200, 500, 1_000)
    useful_years: int = 40
    trees: int = 400  # organisations of any shape
    readings: int = 1_000  # of one page
    whole_walk: bool = True  # all methods, roles and moments

    def coin(self, *words: object) -> SeededCoin:
        """Chance that is the same in every run, and another for each attack."""
        return SeededCoin(" ".join(map(str, (self.seed, *words))))

    @property
    def slack(self) -> float:
        """What few trials may exceed a bound by: three standard errors, less the usual 0.02.

        At 4,000 trials those are 0.024, and the 0.02 of privacy.md 1.7 stands for them.
        """
        return max(0.0, 3 * (0.25 / self.trials) ** 0.5 - 0.024)


SHORT = {
    "trials": 200,
    "ranking_years": 3,
    "ranking_heads": (500,),
    "useful_years": 2,
    "trees": 40,
    "readings": 20,
    "whole_walk": False,
}
