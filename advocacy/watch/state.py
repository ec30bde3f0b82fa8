"""How the service is doing: counts, ages and days. Never a text, never a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advocacy.links.queries import visits_lost
from advocacy.shares.budget import used_by_app
from advocacy.shares.claiming import database_time
from advocacy.shares.models import (
    PublishAttempt,
    PublishingPause,
    Share,
    ShareState,
)
from advocacy.shares.pausing import pauses, stops
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import ALIVE
from advocacy.shares.service_rows import Heartbeat, PublishingStop
from advocacy.watch.heartbeats import CLOCK, SILENT, WORKER, settled
from integrations.network import Network

# What waits for something else than its time; the doubts wait for their owners.
WAITING = (ShareState.NEEDS_RECONNECT, ShareState.MISSED, ShareState.UNCERTAIN)
# Why somebody stopped a post while it was being sent is theirs to know.
TOLD_AS: Mapping[str, str] = {Reason.CONSENT_TOO_LATE: Reason.STOPPED_TOO_LATE}
# How long it is worth a look that a post ended as none should.
LATELY = timedelta(days=1)


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
    """One network: until when it takes our calls, and how many of today are reserved."""

    network: str
    last_day: date | None
    days_left: int | None
    reserved: int
    limit: int | None


@dataclass(frozen=True)
class ServiceState:
    """Everything at one moment."""

    at: datetime
    oldest_due: timedelta | None
    parked: Sequence[Parked]
    poisoned: int  # lately; they stopped our worker again and again
    without_id: int  # lately; the network took them and did not say where they are
    visits_lost: int  # yesterday and today (UTC): neither database nor disk took them
    visits_kept: int  # files of visits to links that wait for the database
    visitors: str  # what is wrong with the server that remembers them: on_disk, away
    settled: bool  # some worker has run long enough to have heard the clock
    machines: Sequence[Machine]
    networks: Sequence[Reached]
    stops: Sequence[PublishingStop]
    pauses: Sequence[PublishingPause]

    @property
    def uncertain(self) -> int:
        """How many are in doubt, whatever the reason."""
        return self._count(ShareState.UNCERTAIN)

    @property
    def asking(self) -> int:
        """How many others wait for their owner: to connect again, or to say whether to send."""
        return self._count(ShareState.NEEDS_RECONNECT) + self._count(ShareState.MISSED)

    def _count(self, state: ShareState) -> int:
        return sum(parked.count for parked in self.parked if parked.state is state)


def service_state(
    session: Session,
    networks: Mapping[str, Network],
    visits_kept: int = 0,
    visitors: str = "",
) -> ServiceState:
    """Look once; what is not in the database was looked at by the caller."""
    at = database_time(session)
    return ServiceState(
        at=at,
        oldest_due=_oldest_due(session, at),
        parked=_parked(session),
        poisoned=_poisoned(session, at - LATELY),
        without_id=_without_id(session, at - LATELY),
        visits_lost=visits_lost(session, at.date() - LATELY),
        visits_kept=visits_kept,
        visitors=visitors,
        settled=settled(session, at - SILENT),
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
        reserved = used_by_app(session, name, today)
        found.append(Reached(name, last, left, reserved, network.day_limits.app))
    return found


def _oldest_due(session: Session, at: datetime) -> timedelta | None:
    """How late the first in the row is; below a minute all is well."""
    first = select(func.min(Share.next_at)).where(
        Share.state == ShareState.SCHEDULED, Share.next_at <= at
    )
    due = session.scalar(first)
    return at - due if due else None


def _parked(session: Session) -> list[Parked]:
    scheduled = (Share.state == ShareState.SCHEDULED) & (Share.reason != "")
    rows = session.execute(
        select(Share.state, Share.reason, func.count())
        .where(or_(scheduled, Share.state.in_(WAITING)))
        .group_by(Share.state, Share.reason)
    )
    counts: Counter[tuple[ShareState, str]] = Counter()
    for state, reason, count in rows:
        counts[state, TOLD_AS.get(reason, reason)] += count
    return [Parked(*key, count) for key, count in sorted(counts.items())]


def _poisoned(session: Session, since: datetime) -> int:
    failed = Share.state == ShareState.FAILED, Share.reason == Reason.POISON
    lately = select(func.count()).where(*failed, Share.changed_at > since)
    return session.scalars(lately).one()


def _without_id(session: Session, since: datetime) -> int:
    """By their attempts: whatever the owner says afterwards, the answer had none."""
    unverified = ShareState.PUBLISHED_UNVERIFIED
    lately = (
        select(func.count())
        .select_from(Share)
        .join(PublishAttempt, PublishAttempt.share_id == Share.id)
        .where(Share.state == unverified, PublishAttempt.outcome == unverified.value)
        .where(PublishAttempt.closed_at > since)
    )
    return session.scalars(lately).one()


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
