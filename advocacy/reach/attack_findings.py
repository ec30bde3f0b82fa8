"""What the attack suite found of this version's method, as its last whole run wrote down.

`./run privacy` writes the file; its shape is in tests/attacks/report.py.
"""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from advocacy.reach.tables import method_digest

FOUND = Path(__file__).with_name("attack_results.json")
WITHSTOOD = "holds"


@dataclass(frozen=True)
class AttackRow:
    """One attack on one kind of figure; numbers as the run printed them."""

    attack: str
    what: str  # English, as the suite names it
    naive: str
    reached: str
    bound: str
    verdict: str


@dataclass(frozen=True)
class Findings:
    """Of a whole run."""

    made_on: date
    trials: int
    seed: int
    not_tried: tuple[str, ...]
    rows: tuple[AttackRow, ...]

    @property
    def failed(self) -> int:
        """How many attacks did better than they may, or say nothing."""
        return sum(row.verdict != WITHSTOOD for row in self.rows)


def findings(file: Path) -> Findings | None:
    """None if there was no run, or one of another version of the method."""
    if not file.exists():
        return None
    found = json.loads(file.read_text(encoding="utf-8"))
    if found["method_digest"] != method_digest():
        return None
    names = AttackRow.__dataclass_fields__
    return Findings(
        made_on=date.fromisoformat(found["made_on"]),
        trials=found["trials"],
        seed=found["seed"],
        not_tried=tuple(found["not_tried"]),
        rows=tuple(
            AttackRow(**{name: str(one[name]) for name in names})
            for one in found["attacks"]
        ),
    )
