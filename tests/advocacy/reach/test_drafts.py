"""What was drawn is on the disk before it is stored, and is never drawn again."""

import hashlib
import json
import os
from datetime import UTC, date, datetime

import pytest
import structlog
from sqlalchemy import func, select

from advocacy.reach import chain
from advocacy.reach.batches import Batch, NotReleasable
from advocacy.reach.drafts import FOLDER, Drafts, DraftUnreadable
from advocacy.reach.models import HeadCount, LedgerEntry, ReleasedFigure
from advocacy.reach.release import release_batch
from advocacy.reach.tasks import open_drafts, run_due_releases
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER, RELEASE, SeededCoin

BATCH = Batch("organisation", OCTOBER)
SEPTEMBER = date(2026, 9, 1)
LATER = datetime(2026, 11, 3, 6, tzinfo=UTC)


def release(session, drafts, seed, moment=RELEASE):
    with clock_at(moment):
        release_batch(session, BATCH, drafts, SeededCoin(seed))
    return [
        (row.metric, row.noisy, row.shown, row.released_at, row.own_hash)
        for row in session.scalars(select(ReleasedFigure).order_by(ReleasedFigure.id))
    ]


def test_two_draws_differ_where_nothing_is_kept(session, twenty_shared):
    found = []
    for seed in (1, 2):
        with session.begin_nested() as before:
            found.append([row[1] for row in release(session, None, seed)])
            before.rollback()
    assert found[0] != found[1]


def test_what_was_drawn_and_not_stored_is_stored_and_not_drawn_again(
    session, twenty_shared, drafts
):
    with session.begin_nested() as killed:
        first = release(session, drafts, 1)
        killed.rollback()
    assert session.scalar(select(func.count()).select_from(ReleasedFigure)) == 0
    # The same to the last byte, whenever it is stored and whatever the coin says now.
    assert release(session, drafts, 2, LATER) == first
    assert chain.is_whole(session, ReleasedFigure)
    assert session.scalar(select(func.count()).select_from(LedgerEntry)) == 2


def test_late_shares_change_nothing_of_what_was_drawn(
    session, world, twenty_shared, drafts
):
    with session.begin_nested() as killed:
        first = release(session, drafts, 1)
        killed.rollback()
    for _number in range(100):
        world.share(world.person())
    assert release(session, drafts, 1) == first


def test_a_file_says_no_sum_and_is_for_its_owner_alone(session, twenty_shared, drafts):
    release(session, drafts, 1)
    (file,) = drafts.folder.iterdir()
    assert file.name == "organisation-2026-10-01-1.json"
    assert file.stat().st_mode & 0o077 == 0
    written = json.loads(file.read_text().partition("\n")[2])
    stored = session.scalars(select(ReleasedFigure.noisy).order_by(ReleasedFigure.id))
    drawn = [written["drawn"][name]["organisation"] for name in ("sharers", "clicks")]
    assert drawn == list(stored)
    assert set(written) == {
        *("table", "window_start", "edition", "at", "sigmas", "drawn")
    }


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("1", "2", 1),
        lambda text: text.partition("\n")[2],
        lambda _text: "",
    ],
    ids=["half", "a digit", "no seal", "empty"],
)
def test_a_damaged_file_is_neither_believed_nor_drawn_over(
    session, twenty_shared, drafts, tmp_path, spoil
):
    with session.begin_nested() as killed:
        release(session, drafts, 1)
        killed.rollback()
    (file,) = drafts.folder.iterdir()
    spoiled = spoil(file.read_text())
    file.write_text(spoiled)
    with session.begin_nested() as refused:
        with pytest.raises(DraftUnreadable):
            release(session, drafts, 2)
        refused.rollback()
    assert file.read_text() == spoiled


@pytest.fixture
def no_folder(tmp_path):
    """No file can be made in it."""
    (tmp_path / FOLDER).write_text("not a folder")


def test_what_cannot_be_written_down_is_not_released_and_costs_nothing(
    session, twenty_shared, tmp_path, no_folder
):
    open_drafts(Drafts(tmp_path))
    with clock_at(RELEASE), structlog.testing.capture_logs() as said:
        run_due_releases()
    assert [one["log_level"] for one in said if "kept" in one["event"]] == ["error"]
    for kind in (ReleasedFigure, LedgerEntry):
        assert session.scalar(select(func.count()).select_from(kind)) == 0


def test_what_was_drawn_for_other_groups_is_not_taken_for_these(
    session, twenty_shared, drafts
):
    with session.begin_nested() as killed:
        release(session, drafts, 1)
        killed.rollback()
    (opened,) = session.scalars(select(HeadCount).where(HeadCount.table == BATCH.table))
    opened.group = "g0123456789abcdef"
    session.flush()
    with pytest.raises(NotReleasable):
        release(session, drafts, 1)


def test_half_a_file_of_who_was_killed_is_cleared_away(session, twenty_shared, drafts):
    drafts.folder.mkdir()
    half = drafts.folder / "new-half"
    half.write_text("{")
    os.utime(half, (0, 0))
    release(session, drafts, 1)
    assert [file.name for file in drafts.folder.iterdir()] == [
        "organisation-2026-10-01-1.json"
    ]


def test_a_file_under_the_name_of_another_period_is_not_believed(
    session, twenty_shared, drafts
):
    with session.begin_nested() as killed:
        release(session, drafts, 1)
        killed.rollback()
    (file,) = drafts.folder.iterdir()
    file.rename(drafts.folder / "organisation-2026-09-01-1.json")
    with pytest.raises(DraftUnreadable):
        drafts.find(Batch("organisation", SEPTEMBER))


def test_who_draws_while_another_does_stores_nothing_and_leaves_the_first_draw(
    session, twenty_shared, drafts
):
    """A worker that lost its database, and with it the lock, may still be drawing."""
    with session.begin_nested() as other:
        first = release(session, drafts, 1)
        other.rollback()
    (file,) = drafts.folder.iterdir()
    kept = file.read_bytes()
    with session.begin_nested() as late:
        with pytest.raises(FileExistsError):
            release_batch(session, BATCH, TooEarly(drafts), SeededCoin(2))
        late.rollback()
    assert file.read_bytes() == kept
    assert release(session, drafts, 3) == first


class TooEarly(Drafts):
    """Looked before the other had written."""

    def __init__(self, drafts):
        self.folder = drafts.folder

    def find(self, _batch):
        return None


def test_what_does_not_fit_is_said_as_an_error(session, twenty_shared, tmp_path):
    with session.begin_nested() as killed:
        release(session, Drafts(tmp_path), 1)
        killed.rollback()
    (opened,) = session.scalars(select(HeadCount).where(HeadCount.table == BATCH.table))
    opened.group = "g0123456789abcdef"
    session.flush()
    open_drafts(Drafts(tmp_path))
    with clock_at(RELEASE), structlog.testing.capture_logs() as said:
        run_due_releases()
    assert ("error", "figures drawn before do not fit") in {
        (one["log_level"], one["event"]) for one in said
    }


@pytest.mark.parametrize("body", ["[]", "nojson", '{"table": 3}', '"words"'])
def test_a_file_that_is_whole_and_says_nothing_is_unreadable_and_holds_nobody_up(
    session, twenty_shared, drafts, body
):
    kept = f"{hashlib.sha256(body.encode()).hexdigest()}\n{body}"
    drafts.folder.mkdir()
    (drafts.folder / "organisation-2026-10-01-1.json").write_text(kept)
    with clock_at(RELEASE), structlog.testing.capture_logs() as said:
        run_due_releases()
    assert [one["kind"] for one in said if "kind" in one] == ["DraftUnreadable"]
    started = select(HeadCount.window_start).where(HeadCount.table == BATCH.table)
    assert set(session.scalars(started)) == {OCTOBER, NOVEMBER}


def test_a_stray_name_among_the_files_is_nobodys(session, twenty_shared, drafts):
    drafts.folder.mkdir()
    (drafts.folder / "organisation-2026-02-30-1.json").write_text("")
    assert len(release(session, drafts, 1)) == 2
