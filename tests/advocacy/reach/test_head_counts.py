"""Who counts as a colleague, which window begins, and what is kept of it."""

from datetime import date

from sqlalchemy import func, select

from advocacy.people.models import Person
from advocacy.reach.head_counts import open_window
from advocacy.reach.models import HeadCount, HeadSnapshot
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER


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

    opened = open_window(session, OCTOBER)

    assert (opened.heads, opened.table) == (202, "organisation")
    assert (opened.window_start, opened.window_end) == (OCTOBER, NOVEMBER)
    present = in_snapshot(session, OCTOBER)
    assert {there.id, leaving_later.id} <= present
    assert not {gone.id, coming.id} & present


def test_a_day_missed_is_made_up_for_with_the_heads_of_the_first_day(session, world):
    world.colleagues(210)
    world.person(joined_on=date(2026, 10, 3))
    assert open_window(session, date(2026, 10, 8)).heads == 210


def test_a_window_is_opened_once(session, world):
    world.colleagues(200)
    open_window(session, OCTOBER)
    world.colleagues(50)
    assert open_window(session, OCTOBER) is None
    assert open_window(session, date(2026, 10, 30)) is None
    assert session.scalar(select(HeadCount.heads)) == 200


def test_an_organisation_of_24_gets_no_window(session, world):
    world.colleagues(24)
    assert open_window(session, OCTOBER) is None
    assert session.scalar(select(func.count()).select_from(HeadSnapshot)) == 0


def test_small_organisations_get_quarters_and_large_ones_weeks(session, world):
    world.colleagues(25)
    opened = open_window(session, date(2026, 11, 3))
    assert (opened.window_start, opened.window_end) == (OCTOBER, date(2027, 1, 1))
    world.colleagues(2000)
    opened = open_window(session, date(2027, 1, 4))
    assert (opened.window_start, opened.window_end) == (
        date(2027, 1, 4),
        date(2027, 1, 11),
    )


def test_no_day_is_measured_twice_when_the_organisation_outgrows_its_table(
    session, world
):
    world.colleagues(199)
    open_window(session, OCTOBER)
    world.colleagues(10)  # of months now, but the quarter is under way
    assert open_window(session, date(2026, 11, 1)) is None
    assert open_window(session, date(2026, 12, 1)) is None
    assert open_window(session, date(2027, 1, 1)).table == "organisation"


def test_names_are_kept_for_two_windows_and_numbers_for_good(session, world):
    world.colleagues(200)
    starts = [date(2026, month, 1) for month in (8, 9, 10, 11)]
    for start in starts:
        open_window(session, start)
    assert [len(in_snapshot(session, start)) for start in starts] == [0, 0, 200, 200]
    assert session.scalars(select(HeadCount.heads)).all() == [200] * 4


def test_erasing_somebody_takes_them_out_of_the_snapshot(session, world):
    world.colleagues(200)
    person = world.person()
    open_window(session, OCTOBER)
    session.delete(session.get(Person, person.id))
    session.flush()
    assert person.id not in in_snapshot(session, OCTOBER)
