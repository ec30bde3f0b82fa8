"""The rows figures stand on: what the database itself refuses."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from advocacy.reach.group_rows import QuarterSize, ReleaseGroup
from advocacy.reach.item_rows import ItemUse, ItemWindow
from advocacy.reach.models import HeadCount, Metric
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from advocacy.reach.parameter_rows import ParameterChange, ParameterProposal
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER

ADDED_ROWS = {
    "quarter_size": lambda: QuarterSize(start=OCTOBER, size="medium", heads=310),
    "release_group": lambda: ReleaseGroup(key="g0123456789abcdef", unit_ids=[1, 2]),
    "figure_notice": lambda: FigureNotice(
        table="unit",
        window_start=OCTOBER,
        edition=1,
        kind=NoticeKind.WITHDRAWN,
        reason="Counted twice",
        previous_hash="0" * 64,
        own_hash="1" * 64,
    ),
    "parameter_change": lambda: ParameterChange(
        year=2027,
        table="unit",
        metric=Metric.SHARERS,
        floor=150,
        previous_hash="0" * 64,
        own_hash="1" * 64,
    ),
}


def refused(session, *rows):
    with pytest.raises(IntegrityError), session.begin_nested():
        session.add_all(rows)  # sent when the savepoint is released


def proposal(**others):
    values = {"year": 2027, "table": "unit", "metric": Metric.SHARERS, "floor": 150}
    return ParameterProposal(**values | others)


@pytest.mark.parametrize("table", ADDED_ROWS)
@pytest.mark.parametrize(
    "change", ['UPDATE {0} SET "{1}" = "{1}"', "DELETE FROM {0}", "TRUNCATE {0}"]
)
def test_what_decides_and_what_was_said_is_only_ever_added(session, table, change):
    row = ADDED_ROWS[table]()
    session.add(row)
    session.flush()
    column = next(iter(row.__table__.columns)).name
    with pytest.raises(DBAPIError, match="only ever added"), session.begin_nested():
        session.execute(text(change.format(table, column)))


def test_one_window_has_heads_of_several_tables_and_groups(session):
    for table, group in [
        ("organisation", "organisation"),
        ("unit", "organisation"),
        ("unit", "g1"),
    ]:
        session.add(
            HeadCount(
                table=table,
                window_start=OCTOBER,
                window_end=NOVEMBER,
                group=group,
                level="unit",
                part_keys=["g1", "g2"] if table == "unit" else [],
                heads=310,
            )
        )
    session.flush()
    session.expire_all()
    total = session.get(HeadCount, ("unit", OCTOBER, "organisation"))
    assert total.part_keys == ["g1", "g2"]


@pytest.mark.parametrize("used", [0, 5])
def test_nobody_counts_in_more_than_four_items_of_a_month(session, world, used):
    person = world.person(on=None)
    refused(session, ItemUse(month=OCTOBER, person_id=person.id, used=used))


def test_what_somebody_used_up_goes_with_them(session, world):
    person = world.person(on=None)
    session.add(ItemUse(month=OCTOBER, person_id=person.id, used=4))
    session.flush()
    session.delete(person)
    session.flush()
    assert session.scalars(select(ItemUse)).all() == []


def test_an_item_is_measured_once(session, world):
    def window(start, end):
        return ItemWindow(
            item_id=world.item.id,
            leads_item_id=world.item.id,
            destination="",
            window_start=start,
            window_end=end,
        )

    refused(session, window(OCTOBER, OCTOBER))
    session.add(window(OCTOBER, date(2026, 10, 29)))
    session.flush()
    session.expunge_all()
    refused(session, window(NOVEMBER, date(2026, 11, 29)))


def test_one_proposal_at_a_time_is_open_for_one_figure(session):
    session.add(proposal())
    session.flush()
    refused(session, proposal(sigma=9))
    session.add_all([proposal(metric=Metric.CLICKS), proposal(year=2028)])
    closed = datetime(2026, 11, 1, tzinfo=UTC)
    session.add(proposal(closed_at=closed, outcome="refused"))
    session.flush()


def test_a_proposal_says_something_and_is_closed_with_an_outcome(session):
    refused(session, proposal(floor=None))
    refused(session, proposal(closed_at=datetime(2026, 11, 1, tzinfo=UTC)))
    refused(session, proposal(outcome="confirmed"))


def test_a_proposal_outlives_who_made_it(session, world):
    person = world.person(on=None)
    session.add(proposal(proposed_by=person.id))
    session.flush()
    session.delete(person)
    session.flush()
    session.expire_all()
    assert session.scalars(select(ParameterProposal.proposed_by)).one() is None
