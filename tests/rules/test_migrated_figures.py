"""Figures that are there survive the way to more tables and back, byte for byte."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, select, text

from advocacy.migrations import running
from advocacy.reach import chain
from advocacy.reach.models import HeadCount, Metric, ReleasedFigure
from integrations.database import transaction

BEFORE, AFTER = "0019", "0020"
FIRST_COLUMNS = (
    'id, window_start, window_end, "table", "group", metric, noisy, margin, heads,'
    " method_version, released_at, previous_hash, own_hash"
)


def figure(previous, number, **others):
    start = date(2026, number, 1)
    values = {
        "window_start": start,
        "window_end": date(2026, number + 1, 1),
        "table": "organisation",
        "group": "organisation",
        "metric": Metric.SHARERS,
        "edition": 1,
        "level": "organisation",
        "name": "",
        "noisy": 40 + number,
        "margin": 12,
        "shown": None,
        "parts": 1,
        "heads": 310,
        "method_version": 1,
        "released_at": datetime(2026, number + 1, 1, 6, tzinfo=UTC),
        "previous_hash": previous,
    }
    row = ReleasedFigure(**values | others)
    row.own_hash = chain.seal(row)
    return row


@pytest.fixture
def two_months(database_url):
    """As the release before stored them: it knows none of the new columns."""
    with transaction() as session:
        first = figure(chain.BEGINNING, 1)
        session.add(first)
        session.flush()
        session.add(figure(first.own_hash, 2))
        session.add(
            HeadCount(
                table="organisation",
                window_start=date(2026, 3, 1),
                window_end=date(2026, 4, 1),
                group="organisation",
                level="organisation",
                heads=310,
            )
        )
    running.downgrade(database_url, BEFORE)
    return database_url


def rows(address):
    engine = create_engine(address)
    with engine.connect() as connection:
        figures = connection.execute(
            text(f"SELECT {FIRST_COLUMNS} FROM released_figure ORDER BY id")  # noqa: S608
        ).all()
        heads = connection.execute(
            text('SELECT window_start, "group", heads FROM head_count')
        ).all()
    engine.dispose()
    return figures, heads


def run(address, statement):
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_up_down_and_up_changes_no_figure_and_no_open_window(two_months):
    before = rows(two_months)
    assert [len(part) for part in before] == [2, 1]
    for _ in range(2):
        running.upgrade(two_months)
        assert rows(two_months) == before
        with transaction() as session:
            assert chain.is_whole(session, ReleasedFigure)
            stored = session.scalars(select(ReleasedFigure)).all()
            assert {(f.level, f.edition, f.parts, f.shown) for f in stored} == {
                ("organisation", 1, 1, None)
            }
        running.downgrade(two_months, BEFORE)
        assert rows(two_months) == before
    running.upgrade(two_months)


def test_a_release_of_before_can_still_open_windows_meanwhile(two_months):
    running.upgrade(two_months, AFTER)
    run(
        two_months,
        'INSERT INTO head_count (window_start, "group", window_end, "table", heads)'
        " VALUES ('2026-04-01', 'organisation', '2026-05-01', 'organisation', 300)",
    )
    with transaction() as session:
        opened = session.get(
            HeadCount, ("organisation", date(2026, 4, 1), "organisation")
        )
        assert (opened.level, opened.name, opened.part_keys) == ("organisation", "", [])


def test_the_way_back_forgets_windows_of_units_that_nothing_came_of(two_months):
    before = rows(two_months)
    running.upgrade(two_months, AFTER)
    run(
        two_months,
        "INSERT INTO head_count"
        ' (window_start, "group", window_end, "table", heads, level)'
        " VALUES ('2026-03-01', 'organisation', '2026-06-01', 'unit', 310, 'unit')",
    )
    running.downgrade(two_months, BEFORE)
    assert rows(two_months) == before


@pytest.mark.parametrize("published", ["figure", "notice", "change"])
def test_there_is_no_way_back_once_more_was_published(two_months, published):
    running.upgrade(two_months, AFTER)
    if published == "figure":
        with transaction() as session:
            before = chain.head(session, ReleasedFigure)
            session.add(figure(before, 3, method_version=2, shown=45))
    elif published == "notice":
        run(
            two_months,
            'INSERT INTO figure_notice ("table", window_start, edition, kind, reason,'
            " at, previous_hash, own_hash)"
            " VALUES ('unit', '2026-01-01', 1, 'withdrawn', 'x', now(), '0', '1')",
        )
    else:
        run(
            two_months,
            'INSERT INTO parameter_change (year, "table", metric, floor, decided_at,'
            " previous_hash, own_hash)"
            " VALUES (2027, 'unit', 'sharers', 150, now(), '0', '1')",
        )
    before = rows(two_months)
    with pytest.raises(RuntimeError, match="never deleted"):
        running.downgrade(two_months, BEFORE)
    assert rows(two_months) == before
    with transaction() as session:
        assert chain.is_whole(session, ReleasedFigure)
