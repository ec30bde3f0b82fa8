"""Lists of units that are wrong are refused as a whole, and an import that dies changes nothing."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from advocacy import cli
from tests.advocacy.commands.lists import NAMES, PEOPLE, UNITS, stored, take, tree_of

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
        ("unit,parent\nVeenstroom,\n", "", ":2: 'Technology' is not in the list"),
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
