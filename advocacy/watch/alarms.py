"""What an administrator should look at now, and what at any page they open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from advocacy.shares.claiming import database_time
from advocacy.shares.models import PublishingPause
from advocacy.shares.pausing import pauses, stops
from advocacy.shares.service_rows import PublishingStop, StopCause
from advocacy.watch.heartbeats import SILENT
from advocacy.watch.state import Reached, ServiceState, reached
from integrations.memory_server import AWAY, ON_DISK
from integrations.network import Network

LATE = timedelta(seconds=60)  # reliability.md 3.1: the target for the oldest due share
WARN_DAYS = 60
NEARLY_SPENT = 0.75  # where LinkedIn itself writes its e-mail


class Kind(StrEnum):
    """What is the matter."""

    STOPPED = "stopped"  # by an administrator
    RESTORED = "restored"  # because the database was put back
    VERSION_GONE = "version_gone"
    VERSION_ENDS = "version_ends"
    LATE = "late"
    NO_WORKER = "no_worker"
    NO_CLOCK = "no_clock"
    NEARLY_SPENT = "nearly_spent"
    POISON = "poison"  # reliability.md 2.4
    WITHOUT_ID = "without_id"  # 2.5
    VISITS_LOST = "visits_lost"
    VISITS_KEPT = "visits_kept"
    VISITORS_ON_DISK = "visitors_on_disk"
    VISITORS_AWAY = "visitors_away"


@dataclass(frozen=True)
class Alarm:
    """One thing to look at; the network and its last day where it is about those."""

    kind: Kind
    network: str = ""
    day: date | None = None


def lasting_alarms(session: Session, networks: Mapping[str, Network]) -> list[Alarm]:
    """What does not go away by itself."""
    today = database_time(session).date()
    found = reached(session, networks, today)
    return _lasting(stops(session), pauses(session), found)


def alarms(state: ServiceState) -> list[Alarm]:
    """Everything, the gravest first."""
    found = _lasting(state.stops, state.pauses, state.networks)
    if not _any_within(state, "worked"):
        found.append(Alarm(Kind.NO_WORKER))
    if state.settled and not _any_within(state, "clock"):
        found.append(Alarm(Kind.NO_CLOCK))
    if state.oldest_due is not None and state.oldest_due > LATE:
        found.append(Alarm(Kind.LATE))
    for one in state.networks:
        if one.limit and one.reserved >= NEARLY_SPENT * one.limit:
            found.append(Alarm(Kind.NEARLY_SPENT, one.network))
    return found + _odd_ends(state)


def _odd_ends(state: ServiceState) -> list[Alarm]:
    """Posts that ended lately as none should, and visits: something is to be mended."""
    found: dict[Kind, int | bool] = {
        Kind.POISON: state.poisoned,
        Kind.WITHOUT_ID: state.without_id,
        Kind.VISITS_LOST: state.visits_lost,
        Kind.VISITS_KEPT: state.visits_kept,
        Kind.VISITORS_ON_DISK: state.visitors == ON_DISK,
        Kind.VISITORS_AWAY: state.visitors == AWAY,
    }
    return [Alarm(kind) for kind, is_there in found.items() if is_there]


def _lasting(
    stopped: Sequence[PublishingStop],
    paused: Sequence[PublishingPause],
    networks: Sequence[Reached],
) -> list[Alarm]:
    kinds = {StopCause.BY_HAND: Kind.STOPPED, StopCause.RESTORED: Kind.RESTORED}
    found = [Alarm(kinds[stop.cause]) for stop in stopped]
    found += [Alarm(Kind.VERSION_GONE, pause.network) for pause in paused]
    for one in networks:
        if one.days_left is not None and one.days_left <= WARN_DAYS:
            found.append(Alarm(Kind.VERSION_ENDS, one.network, one.last_day))
    return found


def _any_within(state: ServiceState, part: str) -> bool:
    ages = [getattr(machine, part) for machine in state.machines]
    return any(age is not None and age <= SILENT for age in ages)
