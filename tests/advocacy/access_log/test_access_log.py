"""What was done stays as it was written down, for thirteen months and no longer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Table, func, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from advocacy import hourly
from advocacy.access_log.models import AccessEntry, Action, DoneAs, SwitchState
from advocacy.access_log.operations import (
    MONTHS_KEPT,
    forget_old_entries,
    log_access,
    note_switches,
)
from advocacy.access_log.queries import entries, switch_history, switches_now
from integrations.clock import clock_at, now


def add_entry(session: Session, at: datetime) -> AccessEntry:
    entry = AccessEntry(
        at=at, role=DoneAs.OPERATOR, action=Action.CHAINS_VERIFIED, details={}
    )
    session.add(entry)
    session.flush()
    return entry


def test_what_was_done_is_read_newest_first(session: Session) -> None:
    log_access(session, DoneAs.OPERATOR, Action.UNITS_IMPORTED, units=5, moved=12)
    log_access(session, DoneAs.ADMINISTRATOR, Action.POSTING_STOPPED)
    session.expire_all()
    newest, other = entries(session, most=5)
    assert (newest.role, newest.action) == ("administrator", "posting stopped")
    assert newest.details == {}
    assert other.details == {"units": 5, "moved": 12}
    assert abs(newest.at - now()) < timedelta(minutes=5)
    assert [entry.id for entry in entries(session, most=1)] == [newest.id]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("UPDATE access_entry SET role = 'auditor'", "only ever added"),
        ("TRUNCATE access_entry", "only ever added"),
        ("DELETE FROM access_entry", "kept for 13 months"),
        ("UPDATE switch_state SET value = 'off'", "only ever added"),
        ("DELETE FROM switch_state", "only ever added"),
        ("TRUNCATE switch_state", "only ever added"),
    ],
)
def test_the_database_refuses_to_change_what_was_written_down(
    session: Session, change: str, words: str
) -> None:
    log_access(session, DoneAs.OPERATOR, Action.POSTING_STOPPED)
    note_switches(session, {"DEMO": "on"})
    with pytest.raises(DBAPIError, match=words):
        session.execute(text(change))


def test_entries_are_forgotten_after_thirteen_months_and_no_sooner(
    session: Session,
) -> None:
    months_ago = func.now() - func.make_interval(0, MONTHS_KEPT)
    limit = session.scalars(select(months_ago)).one()
    add_entry(session, limit - timedelta(minutes=5))
    young = add_entry(session, limit + timedelta(minutes=5))
    session.commit()

    for _twice in range(2):
        hourly.forget_accesses()

    assert [entry.id for entry in entries(session, most=5)] == [young.id]


def test_a_clock_that_is_ahead_forgets_nothing_too_soon(session: Session) -> None:
    add_entry(session, now())
    with clock_at(datetime(2040, 1, 1, tzinfo=UTC)):
        assert forget_old_entries(session) == 0


def test_a_clock_that_is_behind_forgets_nothing_too_soon(session: Session) -> None:
    add_entry(session, now() - timedelta(days=500))
    with clock_at(now() - timedelta(days=200)):
        assert forget_old_entries(session) == 0
    assert forget_old_entries(session) == 1


def test_a_switch_is_written_down_when_it_stands_differently(session: Session) -> None:
    for demo in ("on", "on", "off", "off", "on"):
        note_switches(session, {"DEMO": demo, "PROXY_HOPS": "1"})
    history = [(one.name, one.value) for one in switch_history(session)]
    assert history == [
        ("DEMO", "on"),
        ("PROXY_HOPS", "1"),
        ("DEMO", "off"),
        ("DEMO", "on"),
    ]
    assert switches_now(session) == {"DEMO": "on", "PROXY_HOPS": "1"}


@pytest.mark.parametrize("kind", [AccessEntry, SwitchState])
def test_nothing_in_it_can_point_at_a_person(kind: type) -> None:
    table = inspect(kind).local_table
    assert isinstance(table, Table)
    assert table.foreign_keys == set()
