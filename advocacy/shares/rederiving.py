"""Working out due times again where the table of their time zone changed (2.9)."""

import zoneinfo
from collections.abc import Iterable
from datetime import timedelta
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import structlog
from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from advocacy.shares import schedule
from advocacy.shares.models import Share, ShareState
from integrations.clock import zones

log = structlog.get_logger()

BATCH = 200
# Zones move by quarters of an hour; a wish within the hold by a minute or so.
ZONES_MOVE = timedelta(minutes=10)
PLANNED = (
    Share.state.in_((ShareState.SCHEDULED, ShareState.NEEDS_RECONNECT)),
    Share.wall_time != "",
)


def zone_table(name: str) -> str:
    """A short name for what this process knows of a zone; another one when that changes."""
    for root in zoneinfo.TZPATH:
        table = Path(root, name)
        if table.is_file():
            return sha256(table.read_bytes()).hexdigest()[:16]
    return version("tzdata")  # the package, where the system has no tables


def rederive_due_times(session: Session) -> int:
    """Move what is planned to where a new table puts it; returns how many were looked at.

    One batch of rows, each in a transaction of its own, so that none is held for long.
    Done when it returns 0; rows that others hold wait for the next start.
    """
    tables = dict(
        _tables(session.scalars(select(Share.time_zone).where(*PLANNED).distinct()))
    )
    changed = tuple_(Share.time_zone, Share.zone_table).not_in(tables.items())
    rows = session.scalars(
        select(Share)
        .where(*PLANNED, changed, Share.time_zone.in_(tables))
        .order_by(Share.id)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    ).all()
    for share in rows:
        wall = schedule.read_wall_time(share.wall_time)
        moved = schedule.resolve(wall, schedule.zone_of(share.time_zone)).at
        if abs(moved - share.due_at) >= ZONES_MOVE:
            share.next_at += moved - share.due_at
            share.due_at = moved
        share.zone_table = tables[share.time_zone]
    return len(rows)


def _tables(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    for name in names:
        if name in zones():
            yield name, zone_table(name)
        else:
            log.error("zone_gone", reference=name)  # its posts keep their times
