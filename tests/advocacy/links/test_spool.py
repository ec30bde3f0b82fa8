"""Batches on the disk: whole, private, for any process to take, and not without end."""

import os
from datetime import date
from errno import EIO
from threading import Thread
from time import time
from uuid import uuid4

import pytest
from structlog.testing import capture_logs

from advocacy.links.batches import Batch
from advocacy.links.spool import Spool, SpoolFull
from integrations import whole_files
from tests.advocacy.links.threads import damaged_and_put_aside

DAY = date(2026, 11, 3)
ONE = "AAAAAAAAAAA 2026-11-03 counted 2"


def test_what_is_kept_is_found_by_another_process(spool, tmp_path):
    batch_id = uuid4()
    spool.keep(batch_id, ONE)
    other = Spool(tmp_path)
    assert list(other.waiting()) == [(batch_id, ONE)]
    other.forget(batch_id)
    spool.forget(batch_id)
    assert (list(spool.waiting()), spool.count()) == ([], 0)


def test_only_its_own_account_reads_it(spool):
    spool.keep(uuid4(), ONE)
    (file,) = spool.folder.iterdir()
    assert (file.stat().st_mode & 0o777, spool.folder.stat().st_mode & 0o777) == (
        0o600,
        0o700,
    )


def test_a_folder_that_was_never_needed_holds_nothing(spool):
    assert (list(spool.waiting()), spool.count()) == ([], 0)


def test_what_a_batch_writes_is_read_again(spool):
    batch = Batch()
    for outcome in ("counted", "bot", "counted"):
        batch.add(("_-AAAAAAAAA", DAY, outcome))
    batch.losses.update({("-", DAY, "spool_full"): 70_000})
    spool.keep(batch.id, batch.text())
    assert [text.splitlines() for _, text in spool.waiting()] == [
        [
            "_-AAAAAAAAA 2026-11-03 counted 2",
            "_-AAAAAAAAA 2026-11-03 bot 1",
            "- 2026-11-03 spool_full 70000",
        ]
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"AAAAAAAAAAA 2026-11-03 counted",
        b"\xff",
        b"a b c d",
        ONE.encode() + b"\0",
        ONE.encode() + b"\x1d" + ONE.encode(),
        b"AAAAAAAAAAA 2026-31-03 counted 2",
        b"AAAAAAAAAAA 0000-11-03 counted 2",
        b"AAAAAAAAAAA 2026-11-03 countee 2",
        b"AAAAAAAAAAA 2026-11-03 disk 2",
        b"- 2026-11-03 dis 2",
        b"- 2026-11-03 counted 2",
    ],
)
def test_what_cannot_be_read_is_put_aside_and_holds_up_nothing(spool, content):
    good = uuid4()
    spool.keep(good, ONE)
    (spool.folder / f"{uuid4()}.txt").write_bytes(content)
    with capture_logs() as logs:
        assert list(spool.waiting()) == [(good, ONE)]
    assert len(list(spool.folder.glob("*.unreadable"))) == 1
    assert spool.count() == 1
    assert [log["event"] for log in logs] == ["kept_visits_unreadable"]
    assert "AAAAAAAAAAA" not in str(logs)


def test_what_the_disk_did_not_take_for_good_is_not_there(spool, monkeypatch):
    spool.keep(uuid4(), ONE)

    def broken(_folder):
        raise OSError(EIO, "the disk broke when it was to keep the name")

    monkeypatch.setattr(whole_files, "_flush", broken)
    with pytest.raises(OSError, match="the disk broke"):
        spool.keep(uuid4(), ONE)
    assert spool.count() == 1


def test_who_finds_it_put_aside_by_another_process_goes_on(spool):
    good, bad = uuid4(), spool.folder / f"{uuid4()}.txt"
    spool.keep(good, ONE)
    os.mkfifo(bad)
    other = Thread(target=damaged_and_put_aside, args=(bad,))
    other.start()
    assert list(spool.waiting()) == [(good, ONE)]
    other.join()


def test_a_file_of_a_strange_name_is_put_aside(spool):
    spool.keep(uuid4(), ONE)
    (spool.folder / "notes.txt").write_text(ONE)
    assert len(list(spool.waiting())) == 1
    assert (spool.folder / "notes.unreadable").exists()


def test_half_a_file_of_a_process_that_ended_is_thrown_away(spool):
    spool.keep(uuid4(), ONE)
    left, young = spool.folder / "new-left", spool.folder / "new-young"
    for file in (left, young):
        file.write_text("AAAAAAAAAAA 2026")
    os.utime(left, (time() - 3600, time() - 3600))
    assert len(list(spool.waiting())) == 1
    assert (left.exists(), young.exists()) == (False, True)


def test_it_leaves_room_on_the_disk_for_other_things(tmp_path):
    spool = Spool(tmp_path, most_files=2)
    for _ in range(2):
        spool.keep(uuid4(), ONE)
    with pytest.raises(SpoolFull):
        spool.keep(uuid4(), ONE)
    assert spool.count() == 2


def test_folders_are_left_alone_whatever_they_are_called(spool):
    for name in (f"{uuid4()}.txt", "new-1"):
        (spool.folder / name).mkdir(parents=True)
        os.utime(spool.folder / name, (0, 0))

    with capture_logs() as lines:
        assert list(spool.waiting()) == []

    assert lines == []
