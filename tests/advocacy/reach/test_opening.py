"""Which windows begin, with which groups, who is counted in them, and what is kept."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import func, select

from advocacy.people.models import Person
from advocacy.reach.batches import NotReleasable, due_batches
from advocacy.reach.group_rows import QuarterSize, ReleaseGroup
from advocacy.reach.models import HeadCount, HeadSnapshot
from advocacy.reach.opening import open_due
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.release import release_batch
from integrations.clock import clock_at, now
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER

JANUARY = date(2027, 1, 1)
MONTH, QUARTER = "organisation", ("unit", "unit-clicks")


def in_snapshot(session, start):
    return set(
        session.scalars(
            select(HeadSnapshot.person_id).where(HeadSnapshot.window_start == start)
        )
    )


def opened(session, table, start=None):
    """Of one table: key, name, heads and number of parts of each group and total."""
    rows = select(HeadCount).where(HeadCount.table == table)
    if start:
        rows = rows.where(HeadCount.window_start == start)
    return {
        (row.name, row.heads, len(row.part_keys))
        for row in session.scalars(rows.order_by(HeadCount.group))
    }


def starts(session, table):
    rows = select(HeadCount.window_start).where(HeadCount.table == table).distinct()
    return sorted(session.scalars(rows))


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


@pytest.fixture
def company(world):
    """Units of 236, 124, 96, 88 and 76 colleagues below one that has none."""
    top = world.unit("Company")
    sizes = {"Field": 236, "Customer": 124, "Grid": 96, "Staff": 88, "Technology": 76}
    units = {name: world.unit(name, top) for name in sizes}
    for name, heads in sizes.items():
        world.colleagues(heads, units[name].id)
    return units


THREE = {
    ("Field", 236, 0),
    ("Customer, Grid", 220, 0),
    ("Staff, Technology", 164, 0),
    ("", 620, 3),
}


def test_units_are_put_together_until_each_group_has_a_hundred(session, company):
    open_due(session, OCTOBER)
    assert opened(session, MONTH) == {("", 620, 0)}
    assert opened(session, "unit") == THREE
    assert opened(session, "unit-clicks") == {("", 620, 0)}
    levels = select(HeadCount.level).where(HeadCount.table == "unit")
    assert sorted(session.scalars(levels)) == ["organisation", *["unit"] * 3]


def test_a_total_names_the_groups_it_adds_up_and_groups_their_units(session, company):
    open_due(session, OCTOBER)
    total = session.get(HeadCount, ("unit", OCTOBER, "organisation"))
    groups = session.scalars(select(ReleaseGroup)).all()
    assert total.part_keys == sorted(group.key for group in groups)
    ids = [id_ for group in groups for id_ in group.unit_ids]
    assert sorted(ids) == sorted({one.id for one in company.values()} | set(ids))
    assert {one.id for one in company.values()} <= set(ids)


def test_groups_go_on_for_the_year_and_are_made_anew_in_january(
    session, world, company
):
    open_due(session, date(2026, 7, 1))
    world.colleagues(30, company["Technology"].id)  # 106: enough for itself
    world.colleagues(20, company["Staff"].id)
    open_due(session, OCTOBER)
    names = {name for name, _, _ in opened(session, "unit", OCTOBER)}
    assert names == {"Field", "Customer, Grid", "Staff, Technology", ""}
    open_due(session, JANUARY)
    names = {name for name, _, _ in opened(session, "unit", JANUARY)}
    assert {"Staff", "Field"} <= names
    assert "Staff, Technology" not in names


def test_a_unit_that_comes_and_one_that_goes_in_the_year_stay_in_their_group(
    session, world, company
):
    open_due(session, date(2026, 7, 1))
    new = world.unit("Archive", company["Staff"])
    world.colleagues(150, new.id)
    for one in session.scalars(
        select(Person).where(Person.unit_id == company["Technology"].id)
    ):
        one.unit_id = company["Staff"].id
    session.flush()
    session.delete(company["Technology"])
    session.flush()
    open_due(session, OCTOBER)
    heads = sorted(h for _, h, parts in opened(session, "unit", OCTOBER) if not parts)
    assert heads == [220, 236, 164 + 150]


def test_visits_are_measured_of_whole_groups_of_the_finer_table(
    session, world, company
):
    world.colleagues(150, company["Grid"].id)
    world.colleagues(150, company["Staff"].id)
    open_due(session, OCTOBER)

    def units_of(table):
        keys = select(HeadCount.group).where(
            HeadCount.table == table, func.cardinality(HeadCount.part_keys) == 0
        )
        groups = select(ReleaseGroup.unit_ids).where(ReleaseGroup.key.in_(keys))
        return [set(ids) for ids in session.scalars(groups)]

    fine, coarse = units_of("unit"), units_of("unit-clicks")
    assert len(fine) > len(coarse) > 1
    assert all(sum(group <= one for one in coarse) == 1 for group in fine)


def test_divisions_are_what_is_below_the_organisation_with_all_below_it(session, world):
    top = world.unit("Company")
    north, south = world.unit("North", top), world.unit("South", top)
    harbour = world.unit("Harbour", north)
    for unit, heads in [(north, 300), (harbour, 900), (south, 800)]:
        world.colleagues(heads, unit.id)
    open_due(session, OCTOBER)
    assert opened(session, "division") == {
        ("North", 1200, 0),
        ("South", 800, 0),
        ("", 2000, 2),
    }
    levels = select(HeadCount.level).where(HeadCount.table == "division")
    assert sorted(session.scalars(levels)) == ["division", "division", "organisation"]


def test_a_raised_floor_makes_larger_groups_from_its_year_on(session, company):
    change = {"previous_hash": "a", "own_hash": "b", "sigma": None, "floor": 200}
    session.add(ParameterChange(year=2027, table="unit", metric="sharers", **change))
    session.flush()
    open_due(session, OCTOBER)
    open_due(session, JANUARY)
    assert opened(session, "unit", OCTOBER) == THREE
    heads = [h for _, h, parts in opened(session, "unit", JANUARY) if not parts]
    assert min(heads) >= 200


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
