"""Seals: those of the first method still fit, and each stored value is under one."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import text

from advocacy.reach import chain
from advocacy.reach.models import Metric, ReleasedFigure
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from advocacy.reach.parameter_rows import ParameterChange

MOMENT = datetime(2026, 11, 1, 6, tzinfo=UTC)
# Made by the release before there were figures of units.
SEAL_OF_THE_FIRST_METHOD = (
    "738e187494b3dd365130ab0f2f52a9fddd2b2062f9608fc4bbef09689534ddde"
)


def figure(**others):
    values = {
        "window_start": date(2026, 10, 1),
        "window_end": date(2026, 11, 1),
        "table": "organisation",
        "group": "organisation",
        "metric": Metric.SHARERS,
        "edition": 1,
        "level": "organisation",
        "name": "",
        "noisy": 42,
        "margin": 12,
        "shown": 40,
        "parts": 1,
        "heads": 310,
        "method_version": 2,
        "released_at": MOMENT,
        "previous_hash": chain.BEGINNING,
    }
    return ReleasedFigure(**values | others)


def notice():
    return FigureNotice(
        table="unit",
        window_start=date(2026, 10, 1),
        group=None,
        edition=1,
        kind=NoticeKind.WITHDRAWN,
        reason="Counted twice",
        at=MOMENT,
        previous_hash=chain.BEGINNING,
    )


def change():
    return ParameterChange(
        year=2027,
        table="unit",
        metric=Metric.SHARERS,
        floor=150,
        sigma=None,
        decided_at=MOMENT,
        previous_hash=chain.BEGINNING,
    )


OTHER_VALUES = {
    **dict.fromkeys(("window_start", "window_end"), date(2020, 1, 1)),
    **dict.fromkeys(
        ("released_at", "at", "decided_at"), datetime(2020, 1, 1, tzinfo=UTC)
    ),
    "metric": Metric.CLICKS,
    "kind": NoticeKind.NOT_RELEASED,
    **dict.fromkeys(("noisy", "margin", "shown", "parts", "heads", "edition"), 7),
    **dict.fromkeys(("method_version", "year", "floor", "sigma"), 7),
    **dict.fromkeys(
        ("table", "group", "level", "name", "reason", "previous_hash"), "x"
    ),
}


def store(session, row):
    row.own_hash = chain.seal(row)
    session.add(row)
    session.flush()
    return row


def stored_columns(row):
    return {column.key for column in row.__table__.columns} - {"id", "own_hash"}


def change_in_the_database(session, row, name, value):
    session.execute(text(f"ALTER TABLE {row.__tablename__} DISABLE TRIGGER USER"))
    setattr(row, name, value)
    session.flush()
    session.expire_all()


def test_a_figure_of_the_first_method_keeps_the_seal_it_was_given():
    row = figure(method_version=1, shown=None)
    assert chain.seal(row) == SEAL_OF_THE_FIRST_METHOD


@pytest.mark.parametrize("make", [figure, notice, change])
def test_all_that_is_stored_is_under_the_seal(make):
    row = make()
    assert set(chain.sealed_columns(row)) == stored_columns(row)


@pytest.mark.parametrize("make", [figure, notice, change])
def test_one_changed_value_breaks_the_chain_whichever_it_is(session, make):
    row = store(session, make())
    assert chain.is_whole(session, type(row))
    for name in stored_columns(row) | {"own_hash"}:
        savepoint = session.begin_nested()
        change_in_the_database(session, row, name, OTHER_VALUES.get(name, "x"))
        assert not chain.is_whole(session, type(row)), name
        savepoint.rollback()
    assert chain.is_whole(session, type(row))


def test_figures_of_both_methods_are_one_chain(session):
    first = store(session, figure(method_version=1, shown=None))
    second = store(session, figure(edition=2, previous_hash=first.own_hash))
    session.expire_all()
    assert chain.is_whole(session, ReleasedFigure)
    assert chain.head(session, ReleasedFigure) == second.own_hash
    change_in_the_database(session, first, "noisy", 7)
    assert not chain.is_whole(session, ReleasedFigure)


def test_a_figure_cannot_be_passed_off_as_one_of_the_first_method(session):
    row = store(session, figure())
    change_in_the_database(session, row, "method_version", 1)
    assert not chain.is_whole(session, ReleasedFigure)


def test_the_kinds_of_rows_are_chains_of_their_own(session):
    store(session, figure())
    assert chain.head(session, FigureNotice) == chain.BEGINNING
    store(session, notice())
    store(session, change())
    for kind in (ReleasedFigure, FigureNotice, ParameterChange):
        assert chain.is_whole(session, kind)
