"""Reading what was done, and how switches stood."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.access_log.models import AccessEntry, SwitchState


def entries(
    session: Session, most: int, before: int | None = None
) -> Sequence[AccessEntry]:
    """The newest `most`, newest first; `before` is an id that all are older than."""
    query = select(AccessEntry).order_by(AccessEntry.id.desc()).limit(most)
    if before is not None:
        query = query.where(AccessEntry.id < before)
    return session.scalars(query).all()


def switch_history(session: Session) -> Sequence[SwitchState]:
    """Every change, oldest first."""
    return session.scalars(select(SwitchState).order_by(SwitchState.id)).all()


def switches_now(session: Session) -> dict[str, str]:
    """How each stood at the latest start, by its name."""
    return {one.name: one.value for one in switch_history(session)}
