"""Releases of groups of units: parts, totals, seals."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from sqlalchemy import event, select

from advocacy.reach import chain
from advocacy.reach.batches import Batch, NotReleasable, due_batches
from advocacy.reach.group_rows import ReleaseGroup
from advocacy.reach.ledger import spent
from advocacy.reach.models import HeadCount, LedgerEntry, Metric, ReleasedFigure
from advocacy.reach.opening import open_due
from advocacy.reach.parameter_rows import ParameterChange
from advocacy.reach.release import release_batch
from integrations.clock import clock_at
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER, SeededCoin

JANUARY = date(2027, 1, 1)
NEW_YEAR = datetime(2027, 1, 1, 6, tzinfo=UTC)
UNITS = Batch("unit", OCTOBER)


@pytest.fixture
def after() -> None:
    with clock_at(NEW_YEAR):
        yield


@pytest.fixture
def quarter(session, world):
    """Three groups of units; of each some shared and were visited."""
    top = world.unit("Company")
    for name, heads, sharers in [
        ("Field", 300, 30),
        ("Grid", 260, 5),
        ("Staff", 255, 0),
    ]:
        unit = world.unit(name, top)
        world.colleagues(heads, unit.id)
        for _ in range(sharers):
            person = world.person(unit_id=unit.id)
            world.share(person)
            world.visits(person, 35)
    open_due(session, OCTOBER)


def figures(session, table):
    rows = select(ReleasedFigure).where(ReleasedFigure.table == table)
    return session.scalars(rows.order_by(ReleasedFigure.id)).all()


def by_name(session, table):
    return {row.name: row for row in figures(session, table)}


def test_a_total_is_the_sum_of_what_is_stored_of_its_parts(session, quarter, after):
    release_batch(session, UNITS, randomness=SeededCoin(1))
    found = by_name(session, "unit")
    whole = found.pop("")
    assert set(found) == {"Field", "Grid", "Staff"}
    assert whole.noisy == sum(row.noisy for row in found.values())
    assert whole.shown == sum(row.shown for row in found.values())
    assert (whole.parts, whole.margin, whole.level) == (3, 18, "organisation")
    assert {(row.parts, row.margin, row.level) for row in found.values()} == {
        (1, 10, "unit")
    }
    assert whole.heads == sum(row.heads for row in found.values()) == 850
    for name, sharers in [("Field", 30), ("Grid", 5), ("Staff", 0)]:
        assert abs(found[name].noisy - sharers) <= 5 * 5
        assert found[name].shown >= 0


def test_every_group_gets_noise_of_its_own(session, quarter, after):
    def drawn(seed):
        savepoint = session.begin_nested()
        release_batch(session, UNITS, randomness=SeededCoin(seed))
        rows = by_name(session, "unit")
        noise = (rows["Field"].noisy - 30, rows["Grid"].noisy - 5, rows["Staff"].noisy)
        savepoint.rollback()
        return noise

    draws = [drawn(seed) for seed in range(12)]
    assert len(set(draws)) == 12
    assert any(len(set(one)) == 3 for one in draws)


def test_visits_below_the_margin_are_too_few_to_show(session, quarter, after):
    release_batch(session, Batch("unit-clicks", OCTOBER), randomness=SeededCoin(2))
    found = by_name(session, "unit-clicks")
    assert found["Field"].shown is not None
    assert found["Staff"].shown is None
    assert all(row.metric is Metric.CLICKS for row in found.values())
    assert {row.margin for row in found.values()} == {240, 416}


def test_all_figures_of_a_release_follow_each_other_in_the_chain(
    session, quarter, after
):
    for batch in due_batches(session, NEW_YEAR):
        release_batch(session, batch)
    assert [batch.table for batch in due_batches(session, NEW_YEAR)] == []
    assert len(figures(session, "unit")) == len(figures(session, "unit-clicks")) == 4
    assert chain.is_whole(session, ReleasedFigure)


def test_a_release_returns_what_it_stored(session, quarter, after):
    told = release_batch(session, UNITS)
    stored = figures(session, "unit")
    for one, row in zip(told, stored, strict=True):
        assert chain.seal(one) == chain.seal(row) == one.own_hash == row.own_hash


def test_all_groups_of_a_window_cost_what_one_figure_costs(session, quarter, after):
    """Everybody is in one group alone."""
    release_batch(session, UNITS)
    assert spent(session, 2026) == Fraction(1, 25)


def test_a_batch_is_released_once_and_others_of_its_day_as_well(
    session, quarter, after
):
    release_batch(session, UNITS)
    with pytest.raises(NotReleasable):
        release_batch(session, UNITS)
    release_batch(session, Batch("organisation", OCTOBER))
    assert len(figures(session, "organisation")) == 2


def test_raised_noise_is_drawn_booked_and_told(session, quarter, after):
    change = {"previous_hash": "a", "own_hash": "b", "sigma": 20, "floor": None}
    session.add(ParameterChange(year=2026, table="unit", metric="sharers", **change))
    session.flush()
    release_batch(session, UNITS)
    assert by_name(session, "unit")["Field"].margin == 40
    assert session.scalars(select(LedgerEntry.sigma)).all() == [20]


@pytest.mark.parametrize("number", [2, 40])
def test_a_release_takes_as_many_statements_however_many_groups_there_are(
    session, world, after, number
):
    top = world.unit("Company")
    for n in range(number):
        world.colleagues(100, world.unit(f"Unit {n}", top).id)
    open_due(session, OCTOBER)
    table = "unit-large" if number == 40 else "unit"
    statements = []

    def note(*args):
        statements.append(args[2])

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    release_batch(session, Batch(table, OCTOBER))
    event.remove(connection, "before_cursor_execute", note)
    assert len(figures(session, table)) == number + 1
    assert len(statements) <= 16


def test_windows_of_another_day_are_none_of_a_batch(session, quarter, after):
    with pytest.raises(NotReleasable, match="no head-count"):
        release_batch(session, Batch("unit", NOVEMBER))


@pytest.mark.parametrize(
    "change",
    [
        {"heads": 99},  # below the floor
        {"group": "g0000000000000009"},  # the total names another
    ],
)
def test_groups_that_were_changed_since_they_were_opened_are_not_released(
    session, quarter, after, change
):
    row = session.scalars(
        select(HeadCount).where(HeadCount.table == "unit", HeadCount.name == "Field")
    ).one()
    for name, value in change.items():
        setattr(row, name, value)
    session.flush()
    with pytest.raises(NotReleasable, match="not as they were opened"):
        release_batch(session, UNITS)
    assert figures(session, "unit") == []


def test_a_group_that_was_added_to_others_is_not_released(session, quarter, after):
    field = session.scalars(
        select(HeadCount).where(HeadCount.table == "unit", HeadCount.name == "Field")
    ).one()
    units = session.get(ReleaseGroup, field.group).unit_ids
    session.add(ReleaseGroup(key="gdeadbeefdeadbeef", unit_ids=units))
    columns = [column.name for column in HeadCount.__table__.columns]
    copied = {name: getattr(field, name) for name in columns}
    session.add(HeadCount(**copied | {"group": "gdeadbeefdeadbeef"}))
    session.flush()
    with pytest.raises(NotReleasable, match="not as they were opened"):
        release_batch(session, UNITS)
