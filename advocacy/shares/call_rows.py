"""The rows that calls are counted in, one for each member and part of the app (2.10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.shares.service_rows import CallBudget

KEY_COLUMNS = [CallBudget.network, CallBudget.who, CallBudget.day]


class RowKey(NamedTuple):
    """One row: a member's count, or a part of the app's."""

    network: str
    who: str
    day: date


@dataclass
class Count:
    """A row as it was when it was locked, and what is taken off it since."""

    calls: int
    spent: bool
    taken: int = 0

    def take(self, calls: int, most: int | None) -> bool:
        """Whether there are as many; then they are taken."""
        used = self.calls + self.taken
        # The day's first may cost more than a day has: a day later it would cost the same.
        fits = most is None or used <= 0 or used + calls <= most
        if self.spent or not fits:
            return False
        self.taken += calls
        return True


def add_calls(session: Session, calls: Mapping[RowKey, int]) -> dict[RowKey, Count]:
    """Add to these rows, in one order; each as it was before, and locked from now on."""
    rows = [
        key._asdict() | {"calls": added, "spent": False}
        for key, added in sorted(calls.items())
    ]
    if not rows:
        return {}
    new = insert(CallBudget).values(rows)
    upsert = new.on_conflict_do_update(
        index_elements=KEY_COLUMNS,
        set_={"calls": CallBudget.calls + new.excluded.calls},
    ).returning(*KEY_COLUMNS, CallBudget.calls, CallBudget.spent)
    counts = {}
    for row in session.execute(upsert):
        key = RowKey(row.network, row.who, row.day)
        counts[key] = Count(row.calls - calls[key], row.spent)
    return counts
