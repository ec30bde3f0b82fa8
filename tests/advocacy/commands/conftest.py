"""An installation for the commands to work on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session

from advocacy import cli
from advocacy.people.operations import add_person
from integrations.clock import clock_at
from integrations.local_services import LocalValkey
from tests.advocacy.commands.lists import NAMES
from tests.advocacy.commands.released import FOUND_WRONG, release_october


@pytest.fixture
def installed(
    database_url: str,
    valkey: LocalValkey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> str:
    """The environment of a real installation with a database that is up to date."""
    assert cli.main(["new-keys"]) == 0
    for line in capsys.readouterr().out.splitlines():
        monkeypatch.setenv(*line.split("=", 1))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("REDIS_URL", valkey.address)
    monkeypatch.setenv("BASE_URL", "https://library.example.org")
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("ORGANISATION", "Veenstroom")
    monkeypatch.setenv("DEMO", "0")
    return database_url


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


@pytest.fixture
def reader(installed: str) -> Iterator[Session]:
    """Reads what commands did: they close the connections they find."""
    engine = create_engine(installed)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def october(installed: str, tmp_path: Path) -> Iterator[str]:
    """October came out, and something was found to be wrong with it."""
    release_october(tmp_path)
    with clock_at(FOUND_WRONG):
        yield installed
