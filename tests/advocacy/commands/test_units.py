"""The organisation is put together from two lists: as they say, or not at all."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from advocacy.people.models import Unit
from advocacy.reach.opening import LOCK
from integrations.database import hold
from tests.advocacy.commands.lists import PEOPLE, UNITS, stored, take, tree_of


def units_of(engine: Engine) -> dict[str, str | None]:
    """Everybody's unit, by their name."""
    query = "SELECT p.name, u.name FROM person p LEFT JOIN unit u ON u.id = p.unit_id"
    with engine.connect() as connection:
        return dict(connection.execute(text(query)).all())


def test_units_are_made_and_people_put_into_them(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(tmp_path, UNITS, PEOPLE) == 0
    assert tree_of(engine) == {
        "Veenstroom": None,
        "Field operations": "Veenstroom",
        "Technology": "Veenstroom",
    }
    field, technology = "Field operations", "Technology"
    assert units_of(engine) == {
        "Ada": field,
        "Ben": field,
        "Cas": technology,
        "Dee": technology,
        "Els": None,
        "Fin": None,
    }
    said = capsys.readouterr().out
    assert "units: 3, 3 new, 0 removed\npeople: 5, 4 moved\n" in said
    assert "in no unit: 1\n" in said


def test_the_same_lists_again_change_nothing(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(tmp_path, UNITS, PEOPLE)
    before = stored(engine)
    assert take(tmp_path, UNITS, PEOPLE) == 0
    assert stored(engine) == before
    assert "units: 3, 0 new, 0 removed\npeople: 5, 0 moved\n" in capsys.readouterr().out


def test_a_dry_run_says_what_would_change_and_changes_nothing(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = stored(engine)
    assert take(tmp_path, UNITS, PEOPLE, "--dry-run") == 0
    assert stored(engine) == before
    said = capsys.readouterr().out
    assert "units: 3, 3 new, 0 removed" in said
    assert "nothing was changed" in said


def test_a_reorganisation_keeps_units_by_their_name(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(tmp_path, UNITS, PEOPLE)
    with Session(engine) as session, session.begin():
        numbers = {unit.name: unit.id for unit in session.scalars(select(Unit))}
        session.execute(
            text("UPDATE person SET unit_id = :field WHERE name = 'Fin'"),
            {"field": numbers["Field operations"]},
        )
    units = "unit,parent\nTECHNOLOGY,Grid\nGrid,\n"
    people = "email,unit\nada@x.example,Grid\nben@x.example,Grid\n"
    capsys.readouterr()
    assert take(tmp_path, units, people) == 0
    assert tree_of(engine) == {"Grid": None, "TECHNOLOGY": "Grid"}
    assert units_of(engine) == {
        "Ada": "Grid",
        "Ben": "Grid",
        "Cas": "TECHNOLOGY",
        "Dee": "TECHNOLOGY",
        "Els": None,
        "Fin": None,
    }
    with Session(engine) as session, session.begin():
        kept = session.scalars(select(Unit).where(Unit.name == "TECHNOLOGY")).one()
        assert kept.id == numbers["Technology"]
    assert "units: 2, 1 new, 2 removed\npeople: 5, 2 moved\n" in capsys.readouterr().out


def test_units_that_differ_in_capitals_alone_become_one(
    engine: Engine, tmp_path: Path
) -> None:
    with Session(engine) as session, session.begin():
        session.add_all([Unit(name="Grid"), Unit(name="GRID")])
        session.flush()
        session.execute(
            text("""UPDATE person SET unit_id = unit.id FROM unit
                 WHERE unit.name = 'GRID' AND person.name < 'C'""")
        )
    assert take(tmp_path, "unit,parent\nGrid,\n") == 0
    assert tree_of(engine) == {"Grid": None}
    assert units_of(engine)["Ada"] == units_of(engine)["Ben"] == "Grid"


def test_it_waits_until_a_window_that_is_being_opened_is_open(
    engine: Engine, tmp_path: Path
) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor() as pool, engine.begin() as opening:
        hold(opening, LOCK)
        taken = pool.submit(take, tmp_path, UNITS, PEOPLE)
        while not opening.scalar(waiting):
            assert not taken.done()
        assert tree_of(engine) == {}
        opening.commit()
        assert taken.result(timeout=10) == 0
    assert len(tree_of(engine)) == 3
