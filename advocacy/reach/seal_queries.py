"""Whether everything that is published for good is still as it was stored."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from advocacy.reach.chain import is_whole
from advocacy.reach.models import ReleasedFigure, Sealed
from advocacy.reach.notice_rows import FigureNotice
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.windows import last_opening

# Each chain, with the column that says since when a row is there.
CHAINS: dict[str, tuple[type[Sealed], InstrumentedAttribute[datetime]]] = {
    "figures": (ReleasedFigure, ReleasedFigure.released_at),
    "notices": (FigureNotice, FigureNotice.at),
    "changes": (ParameterChange, ParameterChange.decided_at),
}


@dataclass(frozen=True)
class ChainState:
    """One chain: how many rows, the seal of the last one, and whether all fit together.

    `head` is empty without rows. Rows of after the last opening are checked, and
    neither counted nor named.
    """

    name: str
    rows: int
    head: str
    whole: bool


def chain_states(session: Session, moment: datetime) -> list[ChainState]:
    """All of them, read from the first row to the last."""
    return [_state(session, name, moment) for name in CHAINS]


def _state(session: Session, name: str, moment: datetime) -> ChainState:
    kind, since = CHAINS[name]
    opened = since < last_opening(moment)
    latest = select(kind.own_hash).where(opened).order_by(kind.id.desc()).limit(1)
    return ChainState(
        name=name,
        rows=session.scalar(select(func.count()).select_from(kind).where(opened)) or 0,
        head=session.scalar(latest) or "",
        whole=is_whole(session, kind),
    )
