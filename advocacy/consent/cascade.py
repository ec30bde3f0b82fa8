"""What withdrawing a purpose does in the slices above, which this one may not
import.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose


class CascadeStep(Protocol):
    """One slice's part, run inside the withdrawal's own transaction: it changes rows,
    and what has to be said to the outside waits in `after_commit`. It ignores purposes
    not its own.
    """

    def __call__(
        self, session: Session, person_id: int, purpose: Purpose, at: datetime, /
    ) -> None:
        """Let go of what rested on this purpose."""


Cascade = Sequence[CascadeStep]
