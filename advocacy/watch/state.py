"""How the service is doing: counts, ages and days. Never a text, never a person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advocacy.shares.budget import used_by_app
from advocacy.shares.claiming import database_time
from advocacy.shares.models import PublishingPause, Share, ShareState
from advocacy.shares.pausing import pauses, stops
from advocacy.shares.restoring import ALIVE
from advocacy.shares.service_rows import Heartbeat, PublishingStop
from advocacy.watch.heartbeats import CLOCK, WORKER
from integrations.network import Network

# What waits for something else than its time.
WAITING = (ShareState.NEEDS_RECONNECT, ShareState.MISSED)


@dataclass(frozen=True)
class Parked:
    """How many wait for one and the same reason."""

    state: ShareState
    reason: str
    count: int


@dataclass(frozen=True)
class Machine:
    """One host: how long ago each part of the service was last seen there."""

    host: str
    alive: timedelta | None  # a worker process said so
    worked: timedelta | None  # a worker did a task
    clock: timedelta | None


@dataclass(frozen=True)
class Reached:
    """One network: until when it takes our calls, and how many are left today."""

    network: str
    last_day: date | None
    days_left: int | None
    used: int
    limit: int | None


@dataclass(frozen=True)
class ServiceState:
    """Everything at one moment."""

    at: datetime
    oldest_due: timedelta | None
    uncertain: int
    parked: Sequence[Parked]
    machines: Sequence[Machine]
    networks: Sequence[Reached]
    stops: Sequence[PublishingStop]
    pauses: Sequence[PublishingPause]


def service_state(session: Session, networks: Mapping[str, Network]) -> ServiceState:
    """Look once."""
    at = database_time(session)
    return ServiceState(
        at=at,
        oldest_due=_oldest_due(session, at),
        uncertain=_uncertain(session),
        parked=_parked(session),
        machines=_machines(session, at),
        networks=reached(session, networks, at.date()),
        stops=stops(session),
        pauses=pauses(session),
    )


def reached(
    session: Session, networks: Mapping[str, Network], today: date
) -> list[Reached]:
    """The networks, by name."""
    found = []
    for name, network in sorted(networks.items()):
        last = network.served_until()
        left = None if last is None else (last - today).days
        used = used_by_app(session, name, today)
        found.append(Reached(name, last, left, used, network.day_limits.app))
    return found


def _oldest_due(session: Session, at: datetime) -> timedelta | None:
    """How late the first in the row is; below a minute all is well."""
    first = select(func.min(Share.next_at)).where(
        Share.state == ShareState.SCHEDULED, Share.next_at <= at
    )
    due = session.scalar(first)
    return at - due if due else None


def _uncertain(session: Session) -> int:
    doubted = select(func.count()).where(Share.state == ShareState.UNCERTAIN)
    return session.scalars(doubted).one()


def _parked(session: Session) -> list[Parked]:
    scheduled = (Share.state == ShareState.SCHEDULED) & (Share.reason != "")
    rows = session.execute(
        select(Share.state, Share.reason, func.count())
        .where(or_(scheduled, Share.state.in_(WAITING)))
        .group_by(Share.state, Share.reason)
        .order_by(Share.state, Share.reason)
    )
    return [Parked(state, reason, count) for state, reason, count in rows]


def _machines(session: Session, at: datetime) -> list[Machine]:
    rows = session.execute(
        select(Heartbeat.host, Heartbeat.kind, func.max(Heartbeat.at)).group_by(
            Heartbeat.host, Heartbeat.kind
        )
    )
    seen: dict[str, dict[str, timedelta]] = {}
    for host, kind, last in rows:
        seen.setdefault(host, {})[kind] = max(at - last, timedelta())
    return [
        Machine(host, kinds.get(ALIVE), kinds.get(WORKER), kinds.get(CLOCK))
        for host, kinds in sorted(seen.items())
    ]
