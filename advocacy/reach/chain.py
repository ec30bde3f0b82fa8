"""The seals of what is published for good: figures, notices, changes of parameters.

Each kind of row is a chain of its own. A seal is over the row and over the seal before
it, so a change, or a row taken out, would show.
"""

import hashlib
import json
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach.models import ReleasedFigure, Sealed
from advocacy.reach.notice_rows import FigureNotice
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.tables import FIRST_METHOD

BEGINNING = "0" * 64
# Written out: a column that is added one day must not break the seals of before.
FIRST_FIGURE = (
    *("window_start", "window_end", "table", "group", "metric", "noisy", "margin"),
    *("heads", "method_version", "released_at", "previous_hash"),
)
FIGURE = (*FIRST_FIGURE, "edition", "level", "name", "shown", "parts")
NOTICE = (
    *("table", "window_start", "group", "edition", "kind", "reason", "at"),
    "previous_hash",
)
CHANGE = (
    *("year", "table", "metric", "floor", "sigma", "decided_at"),
    "previous_hash",
)


def seal(row: Sealed) -> str:
    """The hash over everything that is stored of a row but its number.

    All of it must be set: what the database would fill in comes too late.
    """
    part = {name: getattr(row, name) for name in sealed_columns(row)}
    text = json.dumps(part, sort_keys=True, separators=(",", ":"), default=_written)
    return hashlib.sha256(text.encode()).hexdigest()


def head(session: Session, kind: type[Sealed]) -> str:
    """The seal the next row of this kind follows."""
    latest = select(kind.own_hash).order_by(kind.id.desc()).limit(1)
    return session.scalar(latest) or BEGINNING


def append(session: Session, row: Sealed) -> None:
    """Seal a row after the latest of its kind, and store it.

    Whoever calls has seen to it that nobody else appends one meanwhile.
    """
    row.previous_hash = head(session, type(row))
    row.own_hash = seal(row)
    session.add(row)
    session.flush()


def is_whole(session: Session, kind: type[Sealed]) -> bool:
    """Whether every row is as it was stored, and none is missing in between."""
    before = BEGINNING
    stored = select(kind).order_by(kind.id)
    for row in session.scalars(stored.execution_options(populate_existing=True)):
        if row.previous_hash != before or row.own_hash != seal(row):
            return False
        before = row.own_hash
    return True


def sealed_columns(row: Sealed) -> tuple[str, ...]:
    """What of a row is under seal."""
    match row:
        case ReleasedFigure(method_version=version) if version == FIRST_METHOD:
            return FIRST_FIGURE
        case ReleasedFigure():
            return FIGURE
        case FigureNotice():
            return NOTICE
        case ParameterChange():
            return CHANGE
        case _:
            raise TypeError(f"a {type(row).__name__} is not sealed")


def _written(value: object) -> str:
    """Days and moments, the latter in UTC whatever zone the session reads them in."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"a {type(value).__name__} cannot be sealed")
