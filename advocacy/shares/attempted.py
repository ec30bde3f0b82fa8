"""Which attempt an outcome is about: all that storing it needs, and nobody's name."""

from dataclasses import dataclass
from datetime import date, datetime

from advocacy.shares.call_rows import RowKey


@dataclass(frozen=True)
class Attempted:
    """One armed attempt, by number. It outlives the process that made it."""

    share_id: int
    n: int
    owner: str  # the claim's own mark, as in the attempt's row
    network: str
    tries: int
    connected_at: datetime  # which of the account's tokens it used
    is_probe: bool = False
    # Whose call it is, as the count goes by it, and of which day (UTC) it was reserved.
    who: str = ""  # in what an earlier version kept: not known
    day: date | None = None

    @property
    def payer(self) -> RowKey | None:
        """Whose call it is, if that is known."""
        return RowKey(self.network, self.who, self.day) if self.day else None
