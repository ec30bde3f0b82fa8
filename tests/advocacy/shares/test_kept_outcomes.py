"""What an answer said is kept on the disk, whole, until it is stored."""

import json
import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from errno import ENOSPC
from threading import Thread

import pytest
from structlog.testing import capture_logs

from advocacy.shares.attempted import Attempted
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import Outcome, doubt, posted
from advocacy.shares.reasons import Reason
from advocacy.shares.spool import Spool
from advocacy.shares.storing_outcomes import store_kept
from tests.advocacy.links.threads import damaged_and_put_aside
from tests.advocacy.shares.making import attempt_of, put_into, queue_due

S = ShareState
WHICH = Attempted(
    share_id=7,
    n=2,
    owner="here:1:ab/cd",
    network="linkedin",
    tries=1,
    connected_at=datetime(2026, 11, 1, 8, 30, tzinfo=UTC),
)


@pytest.mark.parametrize(
    "outcome",
    [
        posted("urn:li:share:7"),
        posted(None),
        doubt("504"),
        Outcome(S.SCHEDULED, Reason.BUSY, "429", wait=timedelta(minutes=2)),
        Outcome(S.SCHEDULED, Reason.RATE_LIMIT, "429", until_midnight=True),
        Outcome(S.SCHEDULED, sent=False, wait=timedelta()),
    ],
)
def test_what_is_kept_comes_back_as_it_was(tmp_path, outcome):
    Spool(tmp_path / "new").keep(WHICH, outcome)

    assert list(Spool(tmp_path / "new").waiting()) == [(WHICH, outcome)]


def test_what_is_stored_is_kept_no_longer(tmp_path):
    spool = Spool(tmp_path)
    spool.keep(WHICH, doubt())

    for _twice in range(2):
        spool.forget(WHICH)

    assert list(spool.waiting()) == []


def test_a_file_that_cannot_be_read_does_not_hold_up_the_others(tmp_path):
    spool = Spool(tmp_path)
    spool.keep(WHICH, doubt())
    (tmp_path / "1-1.json").write_text('{"attempt": ')
    (tmp_path / "2-1.json").write_text('{"attempt": {}, "outcome": {}}')

    written = json.loads((tmp_path / "7-2.json").read_text())
    written["outcome"]["wait"] = 1e300  # no date is so far away
    (tmp_path / "3-1.json").write_text(json.dumps(written))

    with capture_logs() as lines:
        assert [which for which, _ in spool.waiting()] == [WHICH]

    assert [line["event"] for line in lines] == ["kept_outcome_unreadable"] * 3
    assert len(list(tmp_path.glob("*.unreadable"))) == 3


def test_who_finds_it_put_aside_by_another_worker_goes_on(tmp_path):
    spool = Spool(tmp_path)
    spool.keep(WHICH, doubt())
    os.mkfifo(tmp_path / "1-1.json")
    other = Thread(target=damaged_and_put_aside, args=(tmp_path / "1-1.json",))
    other.start()

    assert [which for which, _ in spool.waiting()] == [WHICH]

    other.join()


def test_what_was_written_when_its_worker_was_killed_is_kept_as_well(tmp_path):
    """Whole and durable, but not yet under its name: it may be the only proof."""
    spool = Spool(tmp_path)
    spool.keep(WHICH, posted("urn:li:share:7"))
    [file] = tmp_path.iterdir()
    file.rename(tmp_path / "new-1")
    for half, content in (("new-2", '{"attempt": '), ("new-3", "{}"), ("new-4", "{")):
        (tmp_path / half).write_text(content)
    for left in ("new-1", "new-2", "new-3"):
        os.utime(tmp_path / left, (0, 0))

    assert list(spool.waiting()) == [(WHICH, posted("urn:li:share:7"))]

    # The fourth is young: somebody writes it at this moment.
    assert {left.name for left in tmp_path.iterdir()} == {"7-2.json", "new-4"}


def test_a_disk_that_takes_nothing_is_not_filled_with_halves(tmp_path, monkeypatch):
    def full(_file):
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="No space left"):
        Spool(tmp_path).keep(WHICH, doubt())

    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_says_nothing_about_another_attempt_of_that_number(
    session, person, item, station
):
    """After a restored backup the same numbers are given out again."""
    share = queue_due(session, person, item)
    put_into(session, share, S.SENDING)
    session.add(attempt_of(share.id, n=WHICH.n))
    session.commit()
    station.spool.keep(replace(WHICH, share_id=share.id), posted("urn:li:share:7"))

    with capture_logs() as lines:
        assert store_kept(station) == store_kept(station) == 0

    session.refresh(share)
    assert share.state is S.SENDING
    # What it proves somebody must be able to find.
    assert [line["event"] for line in lines] == ["kept_outcome_unplaced"]
    [aside] = station.spool.folder.glob("*.unplaced")
    assert "urn:li:share:7" in aside.read_text()


def test_what_is_kept_of_somebody_who_was_erased_goes_too(station):
    station.spool.keep(replace(WHICH, share_id=0), posted("urn:li:share:7"))

    assert store_kept(station) == 1

    assert list(station.spool.folder.iterdir()) == []


def test_what_is_kept_for_a_network_that_was_taken_away_ends_no_sweep(station):
    """Its settings may come back, so it stays."""
    station.spool.keep(replace(WHICH, network="gone"), posted("urn:li:share:1"))

    assert store_kept(station) == 0

    assert len(list(station.spool.waiting())) == 1


def test_folders_are_left_alone_whatever_they_are_called(tmp_path):
    for name in ("1-1.json", "new-1"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0))

    with capture_logs() as lines:
        assert list(Spool(tmp_path).waiting()) == []

    assert lines == []
