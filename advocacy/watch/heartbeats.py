"""Who was last seen at work, by machine."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session, aliased

from advocacy.shares.restoring import ALIVE
from advocacy.shares.service_rows import Heartbeat

WORKER, CLOCK = "worker", "clock"
STARTED = "started"  # when a process began, as long as that is new
# Each part says something once a minute.
SILENT = timedelta(minutes=3)


def note(session: Session, kind: str, host: str, process: str) -> None:
    """Seen now."""
    now = func.clock_timestamp()
    session.execute(
        insert(Heartbeat)
        .values(kind=kind, host=host, process=process, at=now)
        .on_conflict_do_update(
            index_elements=[Heartbeat.kind, Heartbeat.host, Heartbeat.process],
            set_={"at": now},
        )
    )


def settled(session: Session, since: datetime) -> bool:
    """Whether a worker that is there now was there already `since`.

    The clock is heard by workers only, and not at once.
    """
    began = aliased(Heartbeat)
    young = select(began.process).where(
        began.kind == STARTED, began.process == Heartbeat.process, began.at > since
    )
    there = select(Heartbeat.process).where(
        Heartbeat.kind == ALIVE, Heartbeat.at > since, ~young.exists()
    )
    return session.scalar(there.limit(1)) is not None


def forget_silent(session: Session, before: datetime) -> None:
    """Processes that end leave their rows behind."""
    session.execute(delete(Heartbeat).where(Heartbeat.at < before))
