"""Which groups a window has: of whole units, for a year."""

from datetime import date

from sqlalchemy import func, select

from advocacy.people.models import Person
from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.models import HeadCount
from advocacy.reach.opening import open_due
from advocacy.reach.parameter_rows import ParameterChange
from tests.advocacy.reach.conftest import OCTOBER
from tests.advocacy.reach.opened_windows import opened

JANUARY = date(2027, 1, 1)
MONTH = "organisation"


THREE = {
    ("Field", 236, 0),
    ("Customer\nGrid", 220, 0),
    ("Staff\nTechnology", 164, 0),
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
    assert names == {"Field", "Customer\nGrid", "Staff\nTechnology", ""}
    open_due(session, JANUARY)
    names = {name for name, _, _ in opened(session, "unit", JANUARY)}
    assert {"Staff", "Field"} <= names
    assert "Staff\nTechnology" not in names


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
