"""Every command that opens the database leaves an entry, or is named here with a reason."""

import io
import re
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from advocacy import cli
from advocacy.access_log.models import Action
from advocacy.migrations.running import newest_migration

SILENT = {
    "demo": "has sample people only",
    "compile-translations": "opens no database",
    "check-settings": "opens no database",
    "new-keys": "opens no database",
    "register-mastodon": "opens no database",
    "list-figures": "says what came out, and no number",
    "watch": "is run every minute, by programs, and reads nothing about people",
}
ADA = ["--name", "Ada Jansen", "--email", "ada@example.org", "--role", "auditor"]
UPDATED = {"to": newest_migration().removesuffix(".py")}
COUNTS = {"units": 1, "made": 1, "removed": 0, "people": 0, "moved": 0}
UNITS = COUNTS | {"without_unit": 0}
LOGGED = {
    "migrate": ([], Action.DATABASE_UPDATED, UPDATED),
    "create-person": (ADA, Action.PERSON_ADDED, {"roles": ["auditor"]}),
    "verify-chains": ([], Action.CHAINS_VERIFIED, {}),
    "lock-tokens-again": ([], Action.TOKENS_LOCKED, {}),
    "pause": ([], Action.POSTING_STOPPED, {}),
    "release": ([], Action.POSTING_RELEASED, {}),
    "import-units": (["units.csv"], Action.UNITS_IMPORTED, UNITS | {"kept": True}),
}


def entries(address: str) -> list[tuple[object, ...]]:
    engine = create_engine(address)
    with engine.connect() as connection:
        rows = connection.execute(
            text("SELECT role, action, details FROM access_entry ORDER BY id")
        ).all()
    engine.dispose()
    return [tuple(row) for row in rows]


ELSEWHERE = {
    "withdraw-figures",
    "replace-figures",
    "give-up-figures",
}  # test_figures.py


def test_no_command_is_forgotten(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    commands = re.findall(r"^    ([a-z-]+)", capsys.readouterr().out, re.MULTILINE)
    assert sorted(commands) == sorted([*SILENT, *LOGGED, *ELSEWHERE])


@pytest.mark.parametrize("command", LOGGED)
def test_it_leaves_an_entry_that_names_nobody(
    installed: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("units.csv").write_text("unit,parent\nVeenstroom,\n")
    monkeypatch.setattr("sys.stdin", io.StringIO("quiet heron above the polder\n"))
    given, action, details = LOGGED[command]
    assert cli.main([command, *given]) == 0
    assert entries(installed) == [("operator", action, details)]


def test_a_dry_run_is_an_entry_that_says_so(installed: str, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit,parent\nVeenstroom,\n")
    assert cli.main(["import-units", str(units), "--dry-run"]) == 0
    (entry,) = entries(installed)
    assert entry == ("operator", Action.UNITS_IMPORTED, UNITS | {"kept": False})


def test_what_is_refused_leaves_none(installed: str, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit,parent\nA,A\n")
    assert cli.main(["import-units", str(units)]) == 1
    assert entries(installed) == []
