"""A government moves its clocks: what is planned moves along, and only that."""

import shutil
import zoneinfo
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from advocacy.shares import rederiving
from advocacy.shares.models import ShareState
from advocacy.shares.rederiving import rederive_due_times, zone_table
from integrations.clock import now
from tests.advocacy.shares.making import make_item, put_into, queue

HERE, THERE, EASTERN = "Europe/Amsterdam", "Europe/Paris", "Europe/Athens"
HOUR = timedelta(hours=1)


@pytest.fixture
def new_tables(tmp_path):
    """Tables in which Amsterdam has taken over the clocks of Athens."""
    [root] = [root for root in map(Path, zoneinfo.TZPATH) if (root / HERE).is_file()]
    for name in (HERE, THERE, EASTERN):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(root / name, tmp_path / name)

    def come():
        shutil.copy(root / EASTERN, tmp_path / HERE)
        _use([tmp_path])

    _use([tmp_path])
    yield come
    _use(None)


def _use(folders):
    zoneinfo.reset_tzpath(folders)
    ZoneInfo.clear_cache()


def planned(session, person, days=5, zone=HERE):
    wall = (now() + timedelta(days=days)).strftime("%Y-%m-%dT12:00")
    return queue(session, person, make_item(session), wall_time=wall, time_zone=zone)


def test_what_is_planned_moves_with_its_zone_and_with_no_other(
    session, person, new_tables
):
    moved, stays = planned(session, person), planned(session, person, zone=THERE)
    on_hold = queue(session, person, make_item(session), time_zone=HERE)
    before = [share.due_at for share in (moved, stays, on_hold)]
    session.flush()
    assert rederive_due_times(session) == 0

    new_tables()

    assert rederive_due_times(session) == 1
    session.flush()
    after = [share.due_at for share in (moved, stays, on_hold)]
    assert after == [before[0] - HOUR, *before[1:]]
    assert moved.next_at == moved.due_at
    assert moved.zone_table == zone_table(HERE) != stays.zone_table
    assert rederive_due_times(session) == 0


@pytest.mark.parametrize(
    ("state", "moves"),
    [(ShareState.NEEDS_RECONNECT, True), (ShareState.PUBLISHED, False)],
)
def test_what_waits_for_a_connection_is_planned_as_well(
    session, person, new_tables, state, moves
):
    share = planned(session, person)
    before = share.due_at
    put_into(session, share, state)
    new_tables()

    rederive_due_times(session)

    assert share.due_at == before - (HOUR if moves else timedelta())


def test_while_the_tables_stay_nothing_is_worked_out_again(session, person):
    share = planned(session, person)
    share.due_at = wrong = share.due_at + HOUR
    session.flush()

    assert rederive_due_times(session) == 0
    assert share.due_at == wrong


def test_a_batch_at_a_time_until_there_is_none_left(
    session, person, new_tables, monkeypatch
):
    monkeypatch.setattr(rederiving, "BATCH", 2)
    shares = [planned(session, person, days) for days in (2, 3, 4)]
    right = [share.due_at - HOUR for share in shares]
    session.flush()
    new_tables()

    looked_at = []
    while not looked_at or looked_at[-1]:
        looked_at.append(rederive_due_times(session))
        session.flush()

    assert looked_at == [2, 1, 0]
    assert [share.due_at for share in shares] == right


def test_a_wish_within_the_hold_keeps_the_hold(session, person, item):
    at = now()
    wall = at.astimezone(ZoneInfo(HERE)).strftime("%Y-%m-%dT%H:%M")
    share = queue(session, person, item, wall_time=wall, time_zone=HERE)
    kept = share.due_at
    assert kept >= at + timedelta(seconds=60)
    share.zone_table = "an earlier one"
    session.flush()

    assert rederive_due_times(session) == 1

    assert share.due_at == kept


def test_a_zone_that_is_in_no_table_any_more_holds_up_nobody(
    session, person, new_tables
):
    lost, moved = planned(session, person), planned(session, person)
    lost.time_zone = "Europe/Atlantis"
    before = moved.due_at
    kept = lost.due_at
    session.flush()
    new_tables()

    with capture_logs() as lines:
        assert rederive_due_times(session) == 1

    assert (lost.due_at, moved.due_at) == (kept, before - HOUR)
    assert [line["event"] for line in lines] == ["zone_gone"]
