"""A restored database posts nothing twice; a weekend off frightens nobody (2.11)."""

import json
import os
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from advocacy.shares.claiming import database_time
from advocacy.shares.installation_file import InstallationFile, Kept
from advocacy.shares.models import ShareState
from advocacy.shares.pausing import release_publishing, stop_publishing, stops
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import (
    StrangeFolder,
    beat,
    check_in,
    check_out,
    forget_earlier_mark,
)
from advocacy.shares.service_rows import Heartbeat, Installation, StopCause
from advocacy.shares.sweeper import due_shares
from integrations.clock import now
from tests.advocacy.shares.making import make_item, put_into, queue, queue_due, state_of

S = ShareState
ME = ("here", "here:1:ab")
COLLEAGUE = ("there", "there:1:cd")


@pytest.fixture
def file(tmp_path):
    return InstallationFile(tmp_path / "data")


def silent(session, **ago):
    """The last heartbeat was so long ago."""
    row = session.get_one(Installation, 1)
    row.beat_at = database_time(session) - timedelta(**ago)
    session.flush()


def at_work(session, file, who=ME):
    """As the pulse does it: a beat, and once that is stored the mark before it is over."""
    beat(session, file, *who)
    session.flush()
    forget_earlier_mark(session, file)


def mark_of(session):
    session.flush()
    return session.get_one(Installation, 1).mark


def put_back(session, mark):
    """A copy that carries this mark takes the place of the database."""
    session.get_one(Installation, 1).mark = mark
    session.flush()


def causes(session):
    return [stop.cause for stop in stops(session)]


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


def test_a_copy_from_before_the_last_beat_is_known_however_young_it_is(session, file):
    """Killed, and put back from a copy of one minute ago."""
    check_in(session, file)
    at_work(session, file)
    copy = mark_of(session)
    at_work(session, file)
    put_back(session, copy)

    assert not check_in(session, file)


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


def test_a_copy_from_before_the_orderly_stop_is_known_even_if_it_is_young(
    session, file
):
    check_in(session, file)
    at_work(session, file)
    copy = mark_of(session)
    check_out(session, file, *ME)
    session.flush()
    forget_earlier_mark(session, file)
    put_back(session, copy)

    assert not check_in(session, file)


def test_a_copy_of_an_earlier_stop_is_known(session, file):
    check_in(session, file)
    check_out(session, file, *ME)
    copy = mark_of(session)
    check_in(session, file)
    at_work(session, file)
    check_out(session, file, *ME)
    put_back(session, copy)

    assert not check_in(session, file)


def test_a_copy_put_back_while_a_worker_stops_is_known_at_the_next_start(session, file):
    check_in(session, file)
    at_work(session, file)
    put_back(session, "a copy's")

    assert not check_out(session, file, *ME)

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


def test_a_host_with_another_folder_stops_nobody_who_is_at_work(
    session, file, tmp_path, person, item
):
    check_in(session, file)
    beat(session, file, *ME)
    share = queue_due(session, person, item)

    with pytest.raises(StrangeFolder):
        check_in(session, InstallationFile(tmp_path / "elsewhere"))

    assert causes(session) == []
    assert share.state is S.SCHEDULED
    assert check_in(session, file)


@pytest.mark.parametrize("side", ["database", "disk"])
def test_a_database_and_a_disk_that_do_not_belong_together_post_nothing(
    session, file, tmp_path, side
):
    for _twice in range(2):
        check_in(session, file)
    if side == "database":
        session.delete(session.get_one(Installation, 1))  # older than this table
        session.flush()
    else:
        file = InstallationFile(tmp_path / "another")

    assert not check_in(session, file)

    assert causes(session) == [StopCause.RESTORED]
    release_publishing(session)
    assert check_in(session, file)
    assert causes(session) == []


def test_a_database_of_another_installation_posts_nothing(session, file):
    check_in(session, file)
    file.write(Kept("another"))

    assert not check_in(session, file)

    assert session.get_one(Installation, 1).name == "another"


def test_a_file_that_cannot_be_read_counts_as_another_disk(session, file, tmp_path):
    check_in(session, file)
    (tmp_path / "data" / "installation.json").write_text("{")

    with capture_logs() as lines:
        assert not check_in(session, file)

    assert "installation_file_unreadable" in [line["event"] for line in lines]


@pytest.mark.parametrize(
    ("state", "doubted"),
    [
        (S.SCHEDULED, True),
        (S.PREPARING, True),
        (S.READY, True),
        (S.NEEDS_RECONNECT, True),
        (S.PUBLISHED, False),
        (S.CANCELLED, False),
        (S.MISSED, False),
    ],
)
def test_what_could_have_left_since_the_copy_is_in_doubt(
    session, file, person, item, state, doubted
):
    check_in(session, file)
    silent(session, hours=24)
    share = queue_due(session, person, item)
    put_into(session, share, state)

    check_in(session, file)

    assert state_of(session, share) is (S.UNCERTAIN if doubted else state)
    assert (share.reason == Reason.RESTORED) is doubted


def test_what_is_due_later_waits_for_the_administrator(
    session, file, person, item, station, sandbox
):
    check_in(session, file)
    silent(session, hours=24)
    share = queue(session, person, item)
    check_in(session, file)
    share.next_at = share.due_at = now() - timedelta(minutes=1)
    session.commit()

    assert due_shares(session) == []
    publish_share(share.id, station)
    assert state_of(session, share) is S.SCHEDULED
    assert sandbox.creates == 0

    release_publishing(session)
    assert due_shares(session) == [share.id]
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is S.PUBLISHED


def test_stopped_by_hand_nothing_leaves_until_it_is_released(
    session, person, station, sandbox
):
    share = queue_due(session, person, make_item(session))
    for _twice in range(2):
        stop_publishing(session, StopCause.BY_HAND)
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is S.SCHEDULED
    assert causes(session) == [StopCause.BY_HAND]
    assert share.crash_count == 0


def test_a_database_put_back_under_a_running_worker_is_noticed_at_its_next_beat(
    session, file, person, item
):
    check_in(session, file)
    at_work(session, file)
    at_work(session, file, COLLEAGUE)
    copy = mark_of(session)
    share = queue_due(session, person, item)
    at_work(session, file)
    assert causes(session) == []
    put_back(session, copy)

    beat(session, file, *COLLEAGUE)

    assert causes(session) == [StopCause.RESTORED]
    assert state_of(session, share) is S.UNCERTAIN


def test_a_file_that_is_gone_stops_nobody_who_is_at_work(session, file, tmp_path):
    check_in(session, file)
    (tmp_path / "data" / "installation.json").unlink()

    at_work(session, file)

    assert causes(session) == []
    assert check_in(session, file)


def test_another_database_under_a_running_worker_is_noticed_too(session, file):
    check_in(session, file)
    session.get_one(Installation, 1).name = "another"

    beat(session, file, *ME)

    assert causes(session) == [StopCause.RESTORED]
    assert session.get_one(Installation, 1).name == file.read().name
