"""An installation for the commands to work on."""

from pathlib import Path

import pytest

from advocacy import cli
from integrations.local_services import LocalValkey


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
