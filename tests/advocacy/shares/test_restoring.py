"""A restored database posts nothing twice; a weekend off frightens nobody (2.11)."""

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from advocacy.shares.claiming import database_time
from advocacy.shares.installation_file import InstallationFile, Kept
from advocacy.shares.models import ShareState
from advocacy.shares.pausing import release_publishing, stop_publishing, stops
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import StrangeFolder, beat, check_in, check_out
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


def causes(session):
    return [stop.cause for stop in stops(session)]


def test_a_fresh_installation_begins_to_post_at_once(session, file, person, item):
    queue_due(session, person, item)

    assert check_in(session, file)

    assert causes(session) == []
    row = session.get_one(Installation, 1)
    assert file.read() == Kept(row.name, beat_at=row.beat_at.isoformat())


def long_ago(session, file, **ago):
    """Nobody was at work since: neither the row nor the disk saw a later beat."""
    silent(session, **ago)
    row = session.get_one(Installation, 1)
    file.write(replace(file.read(), beat_at=row.beat_at.isoformat()))


@pytest.mark.parametrize(("minutes", "trusted"), [(9, True), (11, False)])
def test_a_worker_that_was_killed_comes_back_within_ten_minutes(
    session, file, minutes, trusted
):
    check_in(session, file)
    long_ago(session, file, minutes=minutes)

    assert check_in(session, file) is trusted

    assert causes(session) == ([] if trusted else [StopCause.RESTORED])


def test_a_young_copy_that_is_older_than_what_the_disk_saw_is_known(session, file):
    """Killed, and put back from a copy of five minutes ago."""
    check_in(session, file)
    beat(session, file, *ME)
    silent(session, minutes=5)

    assert not check_in(session, file)


def test_the_demonstration_may_be_left_in_any_way(session, file):
    check_in(session, file, forgiving=True)
    long_ago(session, file, days=3)

    assert check_in(session, file, forgiving=True)


def test_after_an_orderly_stop_a_weekend_is_no_reason_to_stop_anything(session, file):
    check_in(session, file)
    beat(session, file, *ME)
    assert check_out(session, file, *ME)
    silent(session, days=3)

    assert check_in(session, file)

    row = session.get_one(Installation, 1)
    assert (row.stop_mark, file.read().stop_mark) == (None, None)
    assert database_time(session) - row.beat_at < timedelta(minutes=1)


def test_a_copy_from_before_the_orderly_stop_is_known_even_if_it_is_young(
    session, file
):
    check_in(session, file)
    check_out(session, file, *ME)
    session.get_one(Installation, 1).stop_mark = None  # the copy was made at work
    session.flush()

    assert not check_in(session, file)


@pytest.mark.parametrize(("minutes", "trusted"), [(1, True), (11, False)])
def test_a_worker_killed_in_the_middle_of_checking_in_is_no_copy(
    session, file, minutes, trusted
):
    """The file says already that it began; the row does not yet."""
    check_in(session, file)
    check_out(session, file, *ME)
    silent(session, minutes=minutes)
    file.write(Kept(session.get_one(Installation, 1).name))

    assert check_in(session, file) is trusted


def test_a_copy_of_an_earlier_stop_is_known(session, file):
    check_in(session, file)
    check_out(session, file, *ME)
    copy = session.get_one(Installation, 1).stop_mark
    check_in(session, file)
    check_out(session, file, *ME)
    session.get_one(Installation, 1).stop_mark = copy
    session.flush()

    assert not check_in(session, file)


def test_a_mark_of_an_orderly_stop_ends_with_the_next_heartbeat(session, file):
    """Another worker still posts: what it does is not covered by the mark."""
    check_in(session, file)
    check_out(session, file, *ME)

    beat(session, file, *COLLEAGUE)

    assert file.read().stop_mark is None
    assert session.get_one(Installation, 1).stop_mark is None


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
    last = beat(session, file, *ME)
    assert beat(session, file, *ME, last) >= last
    share = queue_due(session, person, item)
    silent(session, minutes=5)

    beat(session, file, *ME, last)

    assert causes(session) == [StopCause.RESTORED]
    assert state_of(session, share) is S.UNCERTAIN


def test_another_database_under_a_running_worker_is_noticed_too(session, file):
    check_in(session, file)
    session.get_one(Installation, 1).name = "another"

    beat(session, file, *ME)

    assert causes(session) == [StopCause.RESTORED]
    assert session.get_one(Installation, 1).name == file.read().name
