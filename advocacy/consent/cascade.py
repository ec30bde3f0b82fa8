"""What withdrawing a purpose does in the slices above, which this one may not
import.

Each step is one slice's part, run inside the withdrawal's own transaction: it changes
rows, and what has to be said to the outside waits in `after_commit`. It ignores
purposes not its own.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose

# (session, person id, purpose, moment)
CascadeStep = Callable[[Session, int, Purpose, datetime], None]
Cascade = Sequence[CascadeStep]
