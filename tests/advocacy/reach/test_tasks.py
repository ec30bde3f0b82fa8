"""The clock's job: what ended is released, what begins is opened, whatever is missed."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import structlog
from sqlalchemy import func, select, text

from advocacy.links.models import ClickDay
from advocacy.links.rollup import add_batch
from advocacy.reach.models import HeadCount, LedgerEntry, Metric, ReleasedFigure
from advocacy.reach.opening import open_due
from advocacy.reach.queries import coming_on
from advocacy.reach.release import LOCK
from advocacy.reach.tasks import release, run_due_releases
from integrations.clock import clock_at, now
from integrations.database import hold, transaction
from integrations.task_queue import worker_app
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER, RELEASE
from tests.advocacy.reach.world import World

pytestmark = pytest.mark.usefixtures("drafts")


def at(year, month, day, hour=6):
    return clock_at(datetime(year, month, day, hour, tzinfo=UTC))


def starts(session):
    released = select(ReleasedFigure.window_start).distinct()
    months = released.where(ReleasedFigure.table == "organisation")
    return session.scalars(months.order_by(ReleasedFigure.window_start)).all()


@pytest.fixture
def organisation(world):
    world.colleagues(250)


def test_a_month_is_opened_released_and_followed_by_the_next(session, organisation):
    with at(2026, 10, 1):
        run_due_releases()
    assert starts(session) == []
    assert coming_on(session, RELEASE) == NOVEMBER
    with at(2026, 11, 1, 5):
        run_due_releases()
        assert coming_on(session, now()) == NOVEMBER
    assert starts(session) == []
    with at(2026, 11, 1):
        run_due_releases()
        assert starts(session) == [OCTOBER]
        assert coming_on(session, RELEASE + timedelta(hours=1)) == date(2026, 12, 1)


def test_visits_that_are_stored_and_not_counted_yet_are_counted_first(session, world):
    link = world.visits(None, 1)
    add_batch(session, uuid4(), f"{link.code} 2026-10-09 counted 3")
    run_due_releases()
    assert session.scalars(select(ClickDay.visits)).one() == 4


def test_running_it_often_changes_nothing(session, organisation):
    with at(2026, 10, 1):
        run_due_releases()
    with at(2026, 11, 1):
        for _ in range(3):
            run_due_releases()
    assert session.scalar(select(func.count()).select_from(ReleasedFigure)) == 2
    opened = session.execute(
        select(HeadCount.table, HeadCount.window_start).order_by(
            HeadCount.window_start, HeadCount.table
        )
    )
    assert [tuple(one) for one in opened] == [
        ("organisation", OCTOBER),
        ("unit", OCTOBER),
        ("unit-clicks", OCTOBER),
        ("organisation", NOVEMBER),
    ]


def test_everything_that_is_due_comes_out_in_one_run(session, world, organisation):
    item = world.offer(date(2026, 10, 6))
    for day in (1, 6):
        with at(2026, 10, day):
            run_due_releases()
    with at(2027, 1, 1), structlog.testing.capture_logs() as logs:
        run_due_releases()
    tables = session.scalars(select(ReleasedFigure.table).order_by(ReleasedFigure.id))
    assert list(dict.fromkeys(tables)) == [
        "organisation",
        "item",
        "unit",
        "unit-clicks",
    ]
    told = [log for log in logs if log["event"] == "figures released"]
    assert [(log["table"], log["count"]) for log in told] == [
        ("organisation", 2),
        ("item", 2),
        ("unit", 1),
        ("unit-clicks", 1),
    ]
    keys = session.scalars(
        select(ReleasedFigure.group).where(ReleasedFigure.table == "item")
    )
    assert set(keys) == {f"item-{item.id}"}


def test_fourteen_months_can_be_played_back_in_order(session, organisation):
    months = [date(2025 + (8 + n) // 12, (8 + n) % 12 + 1, 1) for n in range(15)]
    for month in months:
        with at(month.year, month.month, 1):
            run_due_releases()
    assert starts(session) == months[:-1]


def test_a_window_missed_altogether_stays_empty(session, organisation):
    with at(2026, 8, 1):
        run_due_releases()
    with at(2026, 10, 5):
        run_due_releases()
    with at(2026, 11, 2):
        run_due_releases()
    assert starts(session) == [date(2026, 8, 1), OCTOBER]


def test_a_window_without_budget_holds_up_none_of_the_others(session, organisation):
    with at(2026, 12, 1):
        run_due_releases()
    for n in range(6):
        session.add(
            LedgerEntry(
                year=2026,
                table=f"test-{n}",
                metric=Metric.SHARERS,
                window_start=OCTOBER,
                sigma=3,
            )
        )
    session.commit()
    with at(2027, 1, 1):
        run_due_releases()
    with at(2027, 2, 1):
        run_due_releases()
    assert starts(session) == [date(2027, 1, 1)]


def test_a_bug_in_a_release_does_not_keep_the_next_window_from_opening(
    session, organisation, monkeypatch
):
    def broken(*_given):
        raise ZeroDivisionError

    with at(2026, 10, 1):
        monkeypatch.setattr("advocacy.reach.tasks.due_batches", broken)
        with pytest.raises(ZeroDivisionError):
            run_due_releases()

    assert session.scalars(select(HeadCount.window_start)).first() is not None


def test_two_workers_at_the_same_moment_release_once(database_url):
    with transaction() as session:
        World(session).colleagues(250)
        open_due(session, OCTOBER)

    def work():
        # A thread has a clock of its own.
        with at(2026, 11, 1):
            release()

    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor() as pool:
        with transaction() as session:
            # Both have looked for what is due before either may go on.
            hold(session, LOCK)
            workers = [pool.submit(work) for _ in range(2)]
            while session.scalar(waiting) < 2:
                time.sleep(0.01)
        for worker in workers:
            worker.result()
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(ReleasedFigure)) == 2


def test_the_worker_knows_the_job_by_name():
    assert worker_app.tasks["reach.release"].run == release.run
