"""What an attack reached, beside what it may reach and what it reaches on exact totals."""

from dataclasses import asdict, dataclass

from advocacy.reach.attack_said import Words
from tests.attacks.lengths import Lengths

TOLERANCE = 0.02  # of an accuracy measured in 4,000 trials (privacy.md 1.7)


@dataclass(frozen=True)
class Finding:
    """One line of the table."""

    attack: str
    what: Words
    naive: Words  # what the same attack reaches on the naive release
    # There; if it does not, withstanding it means nothing. None: no release can be attacked
    # in this way, and `naive` says why.
    succeeds: bool | None
    reached: Words
    bound: Words
    withstood: bool

    @property
    def holds(self) -> bool:
        return self.succeeds is not False and self.withstood

    @property
    def verdict(self) -> str:
        if self.succeeds is False:
            return "NO ATTACK"
        return "holds" if self.withstood else "BROKEN"

    def as_row(self) -> dict[str, object]:
        """For a file that pages read."""
        return asdict(self) | {"verdict": self.verdict}


@dataclass(frozen=True)
class Accuracy:
    """How often the attacker guesses right, 0.5 for a coin, and how often at most."""

    reached: float
    bound: float  # as proven; measured, it may be TOLERANCE more
    naive: float
    naive_reaches: float = 1.0

    def finding(self, attack: str, what: Words, lengths: Lengths) -> Finding:
        most = self.bound + TOLERANCE + lengths.slack
        return Finding(
            attack=attack,
            what=what,
            naive=f"{self.naive:.3f}",
            succeeds=self.naive >= self.naive_reaches - lengths.slack,
            reached=f"{self.reached:.3f}",
            bound=f"{most:.3f}",
            withstood=self.reached <= most,
        )
