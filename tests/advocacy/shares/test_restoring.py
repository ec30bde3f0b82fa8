"""A restored database posts nothing twice (2.11)."""

from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from advocacy.shares.installation_file import InstallationFile, Kept
from advocacy.shares.models import ShareState
from advocacy.shares.pausing import release_publishing, stop_publishing
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import (
    StrangeFolder,
    beat,
    check_in,
    check_out,
    forget_earlier_mark,
)
from advocacy.shares.service_rows import Installation, StopCause
from advocacy.shares.sweeper import due_shares
from integrations.clock import now
from tests.advocacy.shares.installation import (
    COLLEAGUE,
    ME,
    at_work,
    causes,
    mark_of,
    put_back,
    silent,
)
from tests.advocacy.shares.making import make_item, put_into, queue, queue_due, state_of

S = ShareState


def test_a_copy_from_before_the_last_beat_is_known_however_young_it_is(session, file):
    """Killed, and put back from a copy of one minute ago."""
    check_in(session, file)
    at_work(session, file)
    copy = mark_of(session)
    at_work(session, file)
    put_back(session, copy)

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
