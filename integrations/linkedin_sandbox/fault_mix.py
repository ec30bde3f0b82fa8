"""Faults by chance, for long runs: how often which, and the same luck for the same seed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FaultMix:
    """So many in a hundred create calls meet this fault; the others go well."""

    seed: int = 0
    percents: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn from."""
        percents = self.percents.values()
        if not (all(one >= 0 for one in percents) and sum(percents) <= 100):
            raise ValueError("percentages are at least 0, and 100 together at most")

    def fault_for(self, digest: str, time: int) -> str:
        """The name of the fault that a body meets when it arrives for the `time`-th time.

        Drawn from the body, not from the order of arrival: that differs each time.
        """
        chance = random.Random(f"{self.seed}:{digest}:{time}")  # noqa: S311
        place = chance.uniform(0, 100)
        for name, percent in self.percents.items():
            if place < percent:
                return name
            place -= percent
        return "behave"
