"""The same for a terminal, or for a program that looks every minute."""

from collections.abc import Iterator

from advocacy.watch.alarms import Alarm, alarms
from advocacy.watch.state import Machine, Reached, ServiceState


def lines(state: ServiceState) -> Iterator[str]:
    """One fact a line: a name, then its value."""
    oldest = state.oldest_due.total_seconds() if state.oldest_due else 0
    yield f"oldest_due_seconds {oldest:.0f}"
    yield f"uncertain {state.uncertain}"
    yield f"poisoned {state.poisoned}"
    yield f"without_id {state.without_id}"
    yield f"visits_lost {state.visits_lost}"
    yield f"visits_kept {state.visits_kept}"
    yield f"visitors {state.visitors or 'ok'}"
    for parked in state.parked:
        yield f"parked {parked.state} {parked.reason or '-'} {parked.count}"
    for stop in state.stops:
        yield f"stopped {stop.cause} {stop.since.isoformat()}"
    for pause in state.pauses:
        yield f"paused {pause.network} {pause.until.isoformat()} {pause.reason}"
    for one in state.networks:
        yield _network(one)
    for machine in state.machines:
        yield _machine(machine)
    for alarm in alarms(state):
        yield f"look {_named(alarm)}"


def _network(one: Reached) -> str:
    last = one.last_day.isoformat() if one.last_day else "-"
    told = f"network {one.network} until {last}"
    return f"{told} reserved {one.reserved} of {one.limit or '-'}"


def _machine(machine: Machine) -> str:
    ages = {
        "alive": machine.alive,
        "worked": machine.worked,
        "clock": machine.clock,
    }
    told = (
        f"{name} {age.total_seconds():.0f}"
        for name, age in ages.items()
        if age is not None
    )
    return f"machine {machine.host} " + " ".join(told)


def _named(alarm: Alarm) -> str:
    return " ".join(word for word in (alarm.kind, alarm.network) if word)
