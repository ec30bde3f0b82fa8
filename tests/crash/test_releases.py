"""A release that is killed anywhere, or run twice at once, publishes each figure once.

FIGURE_KILLS says how often each point is tried.
"""

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import create_engine, select, text

from advocacy.reach import chain
from advocacy.reach.drafts import Drafts
from advocacy.reach.models import LedgerEntry, ReleasedFigure
from advocacy.reach.opening import open_due
from integrations.clock import clock_at
from integrations.database import open_session, transaction
from tests.advocacy.reach.world import World
from tests.crash.releasing import Point

KILLS = int(os.environ.get("FIGURE_KILLS", "1"))
OCTOBER = date(2026, 10, 1)
DUE = datetime(2026, 11, 1, 6, tzinfo=UTC)
NEW_YEAR = datetime(2027, 1, 1, 6, tzinfo=UTC)
LATER = datetime(2027, 1, 5, 6, tzinfo=UTC)


@pytest.fixture
def organisation(database_url):
    """Of the middle size: a month, a quarter of units, and an item are under way."""
    with transaction() as session, clock_at(datetime(2026, 10, 1, 8, tzinfo=UTC)):
        world = World(session)
        top = world.unit("Company")
        for name in ("Field", "Grid"):
            unit = world.unit(name, top)
            world.colleagues(300, unit.id)
            for _number in range(10):
                world.share(world.person(unit_id=unit.id))
        world.offer(OCTOBER)
        open_due(session, OCTOBER)
    return database_url


def run(database, folder, moment, *point, wait=True):
    said = [database, str(folder), moment.isoformat(), *point]
    child = subprocess.Popen([sys.executable, "-m", "tests.crash.releasing", *said])
    if wait:
        child.wait(60)
    return child


def stored():
    with transaction() as session:
        rows = session.scalars(select(ReleasedFigure).order_by(ReleasedFigure.id))
        return [
            (
                row.table,
                row.window_start,
                row.group,
                row.metric,
                row.noisy,
                row.own_hash,
            )
            for row in rows
        ]


def booked():
    with transaction() as session:
        rows = session.scalars(select(LedgerEntry))
        return Counter((row.table, row.metric, row.window_start) for row in rows)


def kept(folder):
    return {
        file.name: file.read_bytes() for file in Drafts(folder).folder.glob("*.json")
    }


def check(folder):
    """Each figure once, each cost once, and what is stored is what was drawn."""
    rows = stored()
    assert {row[0] for row in rows} == {"organisation", "unit", "unit-clicks", "item"}
    assert set(Counter(row[:4] for row in rows).values()) == {1}
    assert set(booked().values()) == {1}
    assert len(kept(folder)) == 4
    with transaction() as session:
        assert chain.is_whole(session, ReleasedFigure)


@pytest.mark.parametrize("point", Point)
@pytest.mark.parametrize("number", range(KILLS))
def test_killed_anywhere_each_figure_comes_once_with_the_first_draw(
    organisation, tmp_path, point, number
):
    assert run(organisation, tmp_path, NEW_YEAR, point).returncode == -9
    before, drawn = stored(), kept(tmp_path)
    assert run(organisation, tmp_path, NEW_YEAR).returncode == 0
    check(tmp_path)
    assert stored()[: len(before)] == before
    assert drawn.items() <= kept(tmp_path).items()


def test_killed_at_every_point_in_turn_it_still_comes_once(organisation, tmp_path):
    drawn = {}
    for point in Point:
        run(organisation, tmp_path, NEW_YEAR, point)
        found = kept(tmp_path)
        assert drawn.items() <= found.items()
        drawn = found
    run(organisation, tmp_path, NEW_YEAR)
    check(tmp_path)


def test_run_three_times_at_once_it_comes_once(organisation, tmp_path):
    several = [run(organisation, tmp_path, NEW_YEAR, wait=False) for _n in range(3)]
    assert [child.wait(60) for child in several] == [0, 0, 0]
    check(tmp_path)


def test_a_clock_that_was_moved_back_releases_nothing_again(organisation, tmp_path):
    run(organisation, tmp_path, NEW_YEAR)
    before = stored()
    for moment in (DUE, datetime(2026, 10, 1, 9, tzinfo=UTC), NEW_YEAR):
        assert run(organisation, tmp_path, moment).returncode == 0
        assert stored()[: len(before)] == before
    # November was opened meanwhile, and is released as any other month.
    rows = stored()
    assert {row[1] for row in rows[len(before) :]} == {date(2026, 11, 1)}
    assert set(Counter(row[:4] for row in rows).values()) == {1}


@pytest.fixture
def older_copy(organisation, postgres):
    """The database as it was before anything was released."""
    open_session.kw["bind"].dispose()  # a copy is made of what nobody uses
    name = organisation.partition("?")[0].rpartition("/")[2]
    copy = f"{name}_copy"
    server = create_engine(postgres.address(), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {copy} TEMPLATE {name}"))
        yield postgres.address(copy)
        connection.execute(text(f"DROP DATABASE {copy} WITH (FORCE)"))
    server.dispose()


def test_a_database_put_back_gets_the_same_figures(organisation, older_copy, tmp_path):
    assert run(organisation, tmp_path, NEW_YEAR).returncode == 0
    before = stored()
    assert run(older_copy, tmp_path, LATER).returncode == 0
    copy = create_engine(older_copy)
    with copy.connect() as connection:
        rows = connection.scalars(
            select(ReleasedFigure.own_hash).order_by(ReleasedFigure.id)
        )
        assert list(rows) == [row[-1] for row in before]
    copy.dispose()


def test_without_the_files_it_would_draw_again(organisation, tmp_path):
    """So what is shown above is the files' doing."""
    run(organisation, tmp_path, NEW_YEAR, Point.STORED)
    drawn = kept(tmp_path)
    shutil.rmtree(Drafts(tmp_path).folder)
    run(organisation, tmp_path, NEW_YEAR)
    assert kept(tmp_path) != drawn
