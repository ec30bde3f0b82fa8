"""Which windows begin, with which groups, who is counted in them, and what is kept."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from advocacy.people.models import Person
from advocacy.reach.batches import NotReleasable, due_batches
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.models import HeadCount, HeadSnapshot
from advocacy.reach.opening import open_due
from advocacy.reach.release import release_batch
from integrations.clock import clock_at, now
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER
from tests.advocacy.reach.opened_windows import opened, starts

JANUARY = date(2027, 1, 1)
MONTH = "organisation"


def in_snapshot(session, start):
    return set(
        session.scalars(
            select(HeadSnapshot.person_id).where(HeadSnapshot.window_start == start)
        )
    )


def test_everybody_who_works_there_on_the_first_day_is_a_head(session, world):
    world.colleagues(200)
    there = world.person(joined_on=OCTOBER)
    leaving_later = world.person(left_on=date(2026, 10, 2))
    gone = world.person(left_on=OCTOBER)
    coming = world.person(joined_on=date(2026, 10, 2))

    open_due(session, OCTOBER)

    window = session.get(HeadCount, (MONTH, OCTOBER, "organisation"))
    assert (window.heads, window.window_end) == (202, NOVEMBER)
    present = in_snapshot(session, OCTOBER)
    assert {there.id, leaving_later.id} <= present
    assert not {gone.id, coming.id} & present


def test_a_day_missed_is_made_up_for_with_the_heads_of_the_first_day(session, world):
    world.colleagues(210)
    open_due(session, date(2026, 9, 1))
    world.person(joined_on=date(2026, 10, 3))
    open_due(session, date(2026, 10, 8))
    assert opened(session, MONTH, OCTOBER) == {("", 210, 0)}


@pytest.mark.parametrize(("day", "opens"), [(4, True), (5, False)])
def test_a_tables_first_window_is_not_one_that_began_long_ago(
    session, world, day, opens
):
    """Nobody could have allowed it since then: it would say nothing but noise."""
    world.colleagues(210)
    open_due(session, date(2026, 10, day))
    assert starts(session, MONTH) == ([OCTOBER] if opens else [])
    open_due(session, NOVEMBER)
    assert starts(session, MONTH)[-1] == NOVEMBER


def test_a_window_is_opened_once(session, world):
    world.colleagues(200)
    open_due(session, OCTOBER)
    world.colleagues(50)
    open_due(session, OCTOBER)
    open_due(session, date(2026, 10, 30))
    assert opened(session, MONTH) == {("", 200, 0)}


def test_an_organisation_of_24_gets_no_window(session, world):
    world.colleagues(24)
    open_due(session, OCTOBER)
    for kind in (HeadSnapshot, HeadCount, QuarterSize):
        assert session.scalar(select(func.count()).select_from(kind)) == 0


@pytest.mark.parametrize(
    ("heads", "tables"),
    [
        (25, {"organisation-small"}),
        (199, {"organisation-small"}),
        (200, {"organisation", "unit"}),
        (250, {"organisation", "unit", "unit-clicks"}),
        (2000, {"organisation-large", "division", "unit-large"}),
    ],
)
def test_a_quarter_has_the_tables_of_its_number_of_colleagues(
    session, world, heads, tables
):
    world.colleagues(heads)
    open_due(session, OCTOBER)
    assert set(session.scalars(select(HeadCount.table))) == tables


def test_tables_change_with_the_quarter_and_not_before(session, world):
    world.colleagues(199)
    open_due(session, OCTOBER)
    world.colleagues(10)
    open_due(session, NOVEMBER)
    assert starts(session, MONTH) == []
    open_due(session, JANUARY)
    assert starts(session, MONTH) == starts(session, "unit") == [JANUARY]
    sizes = {one.start: one.size for one in session.scalars(select(QuarterSize))}
    assert (sizes[OCTOBER], sizes[JANUARY]) == ("small", "medium")


def test_a_week_belongs_to_the_quarter_of_its_monday(session, world):
    world.colleagues(2000)
    open_due(session, date(2026, 12, 21))
    for one in session.scalars(select(Person).limit(1900)):
        one.left_on = date(2026, 12, 30)
    session.flush()
    open_due(session, JANUARY)
    open_due(session, date(2027, 1, 4))
    weeks = [date(2026, 12, 21), date(2026, 12, 28)]
    assert starts(session, "organisation-large") == weeks
    assert starts(session, "organisation-small") == [JANUARY]


def test_names_are_kept_of_two_windows_of_each_table_and_numbers_for_good(
    session, world
):
    world.colleagues(200)
    firsts = [date(2026, month, 1) for month in range(1, 13)]
    for start in firsts:
        open_due(session, start)

    def kept():
        return [start.month for start in firsts if in_snapshot(session, start)]

    # Nothing was released: what ended within a hundred days still needs its names.
    assert kept() == [7, 8, 9, 10, 11, 12]
    with clock_at(datetime(2026, 12, 1, 6, tzinfo=UTC)):
        for batch in due_batches(session, now()):
            if batch.window_start.month >= 7:
                release_batch(session, batch)
            else:
                with pytest.raises(NotReleasable, match="forgotten"):
                    release_batch(session, batch)
        open_due(session, now().date())
    assert kept() == [7, 10, 11, 12]
    assert len(starts(session, MONTH)) == 12


def test_erasing_somebody_takes_them_out_of_the_snapshot(session, world):
    world.colleagues(200)
    person = world.person()
    open_due(session, OCTOBER)
    session.delete(session.get(Person, person.id))
    session.flush()
    assert person.id not in in_snapshot(session, OCTOBER)


def test_four_years_of_days_open_each_window_once_and_no_day_twice(session, world):
    """53 Mondays, leap day and all; of every size in turn."""
    day, end = date(2023, 12, 25), date(2025, 1, 10)
    for heads in (30, 300, 2300):
        world.colleagues(heads)
        while day < end:
            open_due(session, day)
            day += timedelta(days=1)
        end = end.replace(year=end.year + 1)
    windows = session.execute(
        select(HeadCount.table, HeadCount.window_start, HeadCount.window_end)
        .distinct()
        .order_by(HeadCount.table, HeadCount.window_start)
    ).all()
    for before, after in pairwise(windows):
        if before.table == after.table:
            assert before.window_end <= after.window_start
