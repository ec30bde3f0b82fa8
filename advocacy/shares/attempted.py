"""Which attempt an outcome is about: all that storing it needs, and nothing of anybody."""

from dataclasses import dataclass
from datetime import datetime


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
