"""The organisation is put together from two lists: as they say, or not at all."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, func, select, text
from sqlalchemy.orm import Session

from advocacy import cli
from advocacy.people.models import Unit
from advocacy.people.operations import add_person
from advocacy.reach.opening import LOCK

NAMES = ["ada", "ben", "cas", "dee", "els", "fin"]
UNITS = """unit,parent
Veenstroom,
Field operations,Veenstroom
Technology,Veenstroom
"""
PEOPLE = """email;unit
ada@x.example;Field operations
Ben@X.example;field operations
cas@x.example;Technology
dee@x.example;Technology
"""


@pytest.fixture
def engine(installed: str) -> Iterator[Engine]:
    """Six people in no unit, one of whom has left."""
    engine = create_engine(installed)
    with Session(engine) as session, session.begin():
        for name in NAMES:
            person = add_person(session, name=name.title(), email=f"{name}@x.example")
            person.left_on = date(2026, 2, 1) if name == "fin" else None
    yield engine
    engine.dispose()


def units_of(engine: Engine) -> dict[str, str | None]:
    """Everybody's unit, by their name."""
    query = "SELECT p.name, u.name FROM person p LEFT JOIN unit u ON u.id = p.unit_id"
    with engine.connect() as connection:
        return dict(connection.execute(text(query)).all())


def tree_of(engine: Engine) -> dict[str, str | None]:
    query = "SELECT u.name, p.name FROM unit u LEFT JOIN unit p ON p.id = u.parent_id"
    with engine.connect() as connection:
        return dict(connection.execute(text(query)).all())


def stored(engine: Engine) -> list[str]:
    """Every row, with where it lies and who wrote it: nothing in it was written anew."""
    query = """
        SELECT concat(ctid, xmin, person::text) FROM person UNION ALL
        SELECT concat(ctid, xmin, unit::text) FROM unit ORDER BY 1"""
    with engine.connect() as connection:
        return list(connection.scalars(text(query)))


def take(folder: Path, units: str, people: str = "", *options: str) -> int:
    (folder / "units.csv").write_text(units)
    (folder / "people.csv").write_text(people)
    given = ["--people", str(folder / "people.csv")] if people else []
    return cli.main(["import-units", str(folder / "units.csv"), *given, *options])


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


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_changed(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    take(tmp_path, UNITS, PEOPLE)
    before = stored(engine)
    units = "unit,parent\nA,B\nB,A\nC,Z\na,\nD\n"
    people = "email,unit\nwho@x.example,A\nada@x.example,A\nada@x.example,A\n"
    assert take(tmp_path, units, people) == 1
    assert stored(engine) == before
    said = capsys.readouterr().err.replace(f"{tmp_path}/", "").splitlines()
    assert said == [
        "units.csv:2: units in a circle: 'A', under 'B', under 'A'",
        "units.csv:4: there is no unit 'Z' to be under",
        "units.csv:5: 'a' stands in line 2 already",
        "units.csv:6: 1 fields instead of 2",
        "people.csv:2: nobody works here with the address 'who@x.example'",
        "people.csv:4: 'ada@x.example' stands in line 3 already",
        "Nothing was changed.",
    ]


@pytest.mark.parametrize(
    ("units", "people", "words"),
    [
        (UNITS + "Alone,Technology\n", "els@x.example,Alone\n", ":5: 'Alone' would be"),
        ("unit,parent\nVeenstroom,\n", "", ": 'Technology' is not in the list and 2"),
        (UNITS, "fin@x.example,Technology\n", ":2: nobody works here"),
    ],
)
def test_what_would_show_or_lose_somebody_is_refused(
    engine: Engine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    units: str,
    people: str,
    words: str,
) -> None:
    take(tmp_path, UNITS, PEOPLE)
    before = stored(engine)
    assert take(tmp_path, units, people and f"email,unit\n{people}") == 1
    assert stored(engine) == before
    assert words in capsys.readouterr().err


def test_a_file_that_cannot_be_opened_is_said(
    installed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.csv"
    assert cli.main(["import-units", str(missing)]) == 1
    assert f"{missing}: No such file" in capsys.readouterr().err


def test_it_waits_until_a_window_that_is_being_opened_is_open(
    engine: Engine, tmp_path: Path
) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor() as pool, engine.begin() as opening:
        opening.execute(select(func.pg_advisory_xact_lock(LOCK)))
        taken = pool.submit(take, tmp_path, UNITS, PEOPLE)
        while not opening.scalar(waiting):
            assert not taken.done()
        assert tree_of(engine) == {}
        opening.commit()
        assert taken.result(timeout=10) == 0
    assert len(tree_of(engine)) == 3


def test_a_long_circle_is_told_by_where_it_begins(
    engine: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    units = "unit,parent\n" + "".join(f"U{n},U{(n + 1) % 400}\n" for n in range(400))
    assert take(tmp_path, units) == 1
    circle = capsys.readouterr().err.splitlines()[0]
    assert circle.endswith(
        "units.csv:2: units in a circle: 'U0', under 'U1', under 'U2', under 'U3',"
        " under 'U4', and 395 more"
    )


@pytest.mark.parametrize(
    ("units", "words"),
    [
        ("A,\nA\ufe0f,\n", ":3: 'A\ufe0f' stands in line 2 already"),
        ("A,\nA\U000e0100,\n", "stands in line 2 already"),
        ("\u3164,\n", ":2: unit: '\u3164': there is nothing to see in it"),
        ("\uffa0,\n", ":2: unit: '\uffa0': there is nothing to see in it"),
        ("\u2800,\n", ":2: unit: '\u2800': there is nothing to see in it"),
    ],
    ids=["variation", "variation of an ideograph", "filler", "half filler", "braille"],
)
def test_names_that_look_the_same_or_like_nothing_are_refused(
    engine: Engine,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    units: str,
    words: str,
) -> None:
    assert take(tmp_path, f"unit,parent\n{units}") == 1
    assert words in capsys.readouterr().err
    assert tree_of(engine) == {}


KILLED = """
import os, signal, sys
from advocacy import cli
from advocacy.commands import units
from advocacy.people import unit_operations

name = sys.argv[1]
owner = units if hasattr(units, name) else unit_operations
wrapped = getattr(owner, name)

def die(*given, **named):
    wrapped(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, name, die)
cli.main(sys.argv[2:])
"""


@pytest.mark.parametrize("step", ["_units_after", "_move", "_remove", "log_access"])
def test_killed_in_the_middle_nothing_is_changed_and_it_can_be_done_again(
    engine: Engine, tmp_path: Path, step: str
) -> None:
    assert take(tmp_path, UNITS, PEOPLE) == 0
    before = stored(engine)
    (tmp_path / "one.csv").write_text("unit,parent\nGrid,\n")
    everybody = "".join(f"{name}@x.example,Grid\n" for name in NAMES[:5])
    (tmp_path / "all.csv").write_text(f"email,unit\n{everybody}")
    given = [str(tmp_path / "one.csv"), "--people", str(tmp_path / "all.csv")]
    killed = [sys.executable, "-c", KILLED, step, "import-units", *given]
    assert subprocess.run(killed, check=False, timeout=60).returncode == -9
    assert stored(engine) == before
    assert cli.main(["import-units", *given]) == 0
    assert tree_of(engine) == {"Grid": None}
