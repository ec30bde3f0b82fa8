"""What the attack suite found of this version's method, as its last whole run wrote down.

`./run privacy` writes the file; its shape is in tests/attacks/report.py.
"""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from advocacy.reach.attack_said import Words
from advocacy.reach.tables import method_digest

FOUND = Path(__file__).with_name("attack_results.json")
WITHSTOOD = "holds"


@dataclass(frozen=True)
class AttackRow:
    """One attack on one kind of figure."""

    attack: str
    what: Words
    naive: Words
    succeeds: bool | None  # None: no release can be attacked so, and `naive` says why
    reached: Words
    bound: Words
    verdict: str

    @property
    def room(self) -> Decimal | None:
        """How far an accuracy stayed from its bound; None where something was counted."""
        if isinstance(self.reached, str) and isinstance(self.bound, str):
            return Decimal(self.bound) - Decimal(self.reached)
        return None


@dataclass(frozen=True)
class Attack:
    """All rows of one attack."""

    name: str  # "A1"
    rows: tuple[AttackRow, ...]

    @property
    def failed(self) -> int:
        """How many rows did better than they may, or say nothing."""
        return sum(row.verdict != WITHSTOOD for row in self.rows)

    @property
    def nearest(self) -> AttackRow:
        """The accuracy that came nearest to its bound; else what failed, or the first."""
        rooms = [
            (row.room, n) for n, row in enumerate(self.rows) if row.room is not None
        ]
        if rooms:
            return self.rows[min(rooms)[1]]
        return next(
            (row for row in self.rows if row.verdict != WITHSTOOD), self.rows[0]
        )


@dataclass(frozen=True)
class Findings:
    """Of a whole run."""

    made_on: date
    trials: int
    seed: int
    not_tried: tuple[str, ...]
    attacks: tuple[Attack, ...]

    @property
    def rows(self) -> tuple[AttackRow, ...]:
        """Of all attacks."""
        return tuple(row for attack in self.attacks for row in attack.rows)

    @property
    def failed(self) -> int:
        """How many rows did better than they may, or say nothing."""
        return sum(attack.failed for attack in self.attacks)


def findings(file: Path) -> Findings | None:
    """None if there was no run, or one of another version of the method."""
    if not file.exists():
        return None
    found = json.loads(file.read_text(encoding="utf-8"))
    if found["method_digest"] != method_digest():
        return None
    names = AttackRow.__dataclass_fields__
    rows = [
        AttackRow(**{name: one[name] for name in names}) for one in found["attacks"]
    ]
    return Findings(
        made_on=date.fromisoformat(found["made_on"]),
        trials=found["trials"],
        seed=found["seed"],
        not_tried=tuple(found["not_tried"]),
        attacks=tuple(
            Attack(name, tuple(ours))
            for name, ours in groupby(rows, key=lambda row: row.attack)
        ),
    )
