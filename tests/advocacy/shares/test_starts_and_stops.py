"""A worker that starts, stops or is killed is not taken for a restored copy (2.11)."""

import json
import os
from datetime import timedelta

import pytest

from advocacy.shares.claiming import database_time
from advocacy.shares.installation_file import Kept
from advocacy.shares.restoring import beat, check_in, check_out, forget_earlier_mark
from advocacy.shares.service_rows import Heartbeat, Installation, StopCause
from tests.advocacy.shares.installation import (
    COLLEAGUE,
    ME,
    at_work,
    causes,
    put_back,
    silent,
)
from tests.advocacy.shares.making import queue_due


def test_a_fresh_installation_begins_to_post_at_once(session, file, person, item):
    queue_due(session, person, item)

    assert check_in(session, file)

    assert causes(session) == []
    row = session.get_one(Installation, 1)
    assert file.read() == Kept(row.name, (row.mark, None))


@pytest.mark.parametrize(("minutes", "trusted"), [(9, True), (11, False)])
def test_a_worker_that_was_killed_comes_back_within_ten_minutes(
    session, file, minutes, trusted
):
    check_in(session, file)
    silent(session, minutes=minutes)

    assert check_in(session, file) is trusted

    assert causes(session) == ([] if trusted else [StopCause.RESTORED])


def test_the_demonstration_may_be_left_in_any_way(session, file):
    check_in(session, file, forgiving=True)
    silent(session, days=3)

    assert check_in(session, file, forgiving=True)


def test_after_an_orderly_stop_a_weekend_is_no_reason_to_stop_anything(session, file):
    check_in(session, file)
    at_work(session, file)
    assert check_out(session, file, *ME)
    silent(session, days=3)

    assert check_in(session, file)

    row = session.get_one(Installation, 1)
    assert database_time(session) - row.beat_at < timedelta(minutes=1)
    silent(session, days=3)
    assert not check_in(session, file)


def test_a_mark_of_an_orderly_stop_ends_with_the_next_heartbeat(session, file):
    """Another worker still posts: what it does is not covered by the mark."""
    check_in(session, file)
    check_out(session, file, *ME)

    at_work(session, file, COLLEAGUE)

    silent(session, minutes=11)
    assert not check_in(session, file)


def killed(session, step):
    """The process is killed when the disk is written and the row is not yet stored."""
    with session.begin_nested() as never_stored:
        step()
        never_stored.rollback()
    session.expire_all()


# What went before, what a worker does then, and whether it goes on three days after it was
# killed: before the disk is written, between disk and row, and after both. Where it does
# not, that is the rule of ten minutes: somebody was at work and was not heard of for days.
CRASHES = {
    "first start": ([], "start", (True, True, False)),
    "start after a stop": (["start", "beat", "stop"], "start", (True, True, False)),
    "start after a kill": (["start", "beat"], "start", (False, False, False)),
    "beat": (["start", "beat"], "beat", (False, False, False)),
    "stop": (["start", "beat"], "stop", (False, True, True)),
}
POINTS = ["before the disk", "before the row", "after both"]


@pytest.mark.parametrize("days", [0, 3])
@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("what", CRASHES)
def test_a_worker_that_is_killed_at_any_point_is_no_copy(
    session, file, what, point, days
):
    before, last, after_days = CRASHES[what]
    steps = {
        "start": lambda: check_in(session, file),
        "beat": lambda: beat(session, file, *ME),
        "stop": lambda: check_out(session, file, *ME),
    }
    for step in before:
        steps[step]()
        session.flush()
        forget_earlier_mark(session, file)

    if point == "before the row":
        killed(session, steps[last])
    elif point == "after both":
        steps[last]()
        session.flush()

    if session.get(Installation, 1):
        silent(session, days=days)
    assert check_in(session, file) is (days == 0 or after_days[POINTS.index(point)])


@pytest.mark.parametrize("step", ["beat", "stop", "start"])
def test_killed_before_the_row_is_stored_a_copy_stays_a_copy(session, file, step):
    """It was found to be one, and the disk must not take over its mark."""
    check_in(session, file)
    at_work(session, file)
    put_back(session, "a copy's")
    steps = {
        "start": lambda: check_in(session, file),
        "beat": lambda: beat(session, file, *ME),
        "stop": lambda: check_out(session, file, *ME),
    }

    killed(session, steps[step])

    assert not check_in(session, file)


def test_an_installation_from_before_there_were_marks_goes_on(session, file, tmp_path):
    """Stopped in an orderly way, as an upgrade begins."""
    check_in(session, file)
    row = session.get_one(Installation, 1)
    put_back(session, "stopped-0af3")  # as the migration makes it of the mark
    silent(session, days=1)
    old = {"name": row.name, "stop_mark": "0af3", "beat_at": None}
    (tmp_path / "data" / "installation.json").write_text(json.dumps(old))

    assert check_in(session, file)


def test_what_a_killed_worker_left_half_written_is_cleared_away(
    session, file, tmp_path
):
    check_in(session, file)
    old, young = tmp_path / "data" / "new-old", tmp_path / "data" / "new-young"
    for left in (old, young):
        left.write_text("{")
    os.utime(old, (0, 0))

    check_in(session, file)

    assert (old.exists(), young.exists()) == (False, True)


def test_only_the_last_worker_to_go_leaves_a_mark(session, file):
    check_in(session, file)
    beat(session, file, *ME)
    beat(session, file, *COLLEAGUE)

    assert not check_out(session, file, *ME)
    assert check_out(session, file, *COLLEAGUE)


def test_a_worker_that_vanished_is_waited_for_no_longer_than_three_minutes(
    session, file
):
    check_in(session, file)
    beat(session, file, *COLLEAGUE)
    row = session.get_one(Heartbeat, ("process", *COLLEAGUE))
    row.at -= timedelta(minutes=4)
    session.flush()

    assert check_out(session, file, *ME)
