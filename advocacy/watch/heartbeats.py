"""Who was last seen at work, by machine."""

from datetime import datetime

from sqlalchemy import delete, func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.shares.service_rows import Heartbeat

WORKER, CLOCK = "worker", "clock"


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


def forget_silent(session: Session, before: datetime) -> None:
    """Processes that end leave their rows behind."""
    session.execute(delete(Heartbeat).where(Heartbeat.at < before))
