"""Writing down what was done, in the transaction that does it."""

from collections.abc import Mapping

from sqlalchemy import delete, func, text
from sqlalchemy.orm import Session

from advocacy.access_log.models import AccessEntry, Action, DoneAs, SwitchState
from advocacy.access_log.queries import switches_now
from integrations.clock import now

MONTHS_KEPT = 13  # privacy.md 6; the database refuses to delete anything younger


def log_access(
    session: Session, role: DoneAs, action: Action, **details: str | int | list[str]
) -> None:
    """Add an entry. `details` are numbers and words that are about no single person."""
    session.add(AccessEntry(role=role, action=action, details=details))
    session.flush()


def note_switches(session: Session, switches: Mapping[str, str]) -> None:
    """Write down those that stand differently from the last time.

    Several processes start at once: the second one finds what the first one wrote.
    """
    session.execute(text("LOCK TABLE switch_state IN SHARE ROW EXCLUSIVE MODE"))
    before = switches_now(session)
    for name, value in switches.items():
        if before.get(name) != value:
            session.add(SwitchState(name=name, value=value))
    session.flush()


def forget_old_entries(session: Session) -> int:
    """For the clock: drop what is older than MONTHS_KEPT; how many.

    By the earlier of our clock and the database's, as that is the one it believes.
    """
    at = func.least(now(), func.now()) - func.make_interval(0, MONTHS_KEPT)
    gone = delete(AccessEntry).where(AccessEntry.at < at).returning(AccessEntry.id)
    return len(session.scalars(gone).all())
