"""The rows that calls are counted in, one for each member and part of the app (2.10)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import text
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
    if not calls:
        return {}
    networks, people, days = zip(*sorted(calls), strict=True)
    added = {
        "networks": list(networks),
        "people": list(people),
        "days": list(days),
        "calls": [calls[key] for key in sorted(calls)],
    }
    counts = {}
    for row in session.execute(_ADD, added):
        key = RowKey(row.network, row.who, row.day)
        counts[key] = Count(row.calls - calls[key], row.spent)
    return counts


# Arrays: the statement is the same however many rows, and is made ready only once.
_ADD = text(
    """
    INSERT INTO call_budget (network, who, day, calls, spent)
    SELECT network, who, day, calls, false
    FROM unnest(
        CAST(:networks AS text[]), CAST(:people AS text[]), CAST(:days AS date[]),
        CAST(:calls AS integer[])
    ) AS added (network, who, day, calls)
    ON CONFLICT (network, who, day)
    DO UPDATE SET calls = call_budget.calls + excluded.calls
    RETURNING network, who, day, calls, spent
    """
)
