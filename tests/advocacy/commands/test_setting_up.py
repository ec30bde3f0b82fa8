"""Settings, database and translations of a new installation; what is wrong is said."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from advocacy import cli


@pytest.mark.parametrize("server", ["http://x:99999", "http://[x", "https://x:y"])
def test_what_is_no_server_is_said_to_be_none(
    installed: str, capsys: pytest.CaptureFixture[str], server: str
) -> None:
    assert cli.main(["register-mastodon", server]) == 2
    assert "a Mastodon server's address is https://" in capsys.readouterr().err


def test_migrating_twice_is_harmless(installed: str) -> None:
    assert cli.main(["migrate"]) == 0
    assert cli.main(["migrate"]) == 0


def test_settings_that_can_be_used_are_said_to_be(
    installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check-settings"]) == 0
    said = capsys.readouterr().out
    assert "https://library.example.org" in said
    assert "LinkedIn is not set up" in said


def test_every_bad_setting_is_named_without_its_value(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("SECRET_KEY", "much-too-short")
    monkeypatch.delenv("REDIS_URL")
    assert cli.main(["check-settings"]) == 2
    said = capsys.readouterr().err
    assert "SECRET_KEY" in said
    assert "REDIS_URL" in said
    assert "much-too-short" not in said


def test_a_database_that_is_away_is_said_without_its_address(
    installed: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    address = f"postgresql://ada:secret@/none?host={tmp_path}"
    monkeypatch.setenv("DATABASE_URL", address)
    for command in ("migrate", "verify-chains"):
        assert cli.main([command]) == 1
    said = capsys.readouterr().err
    assert "cannot be reached or takes no changes" in said
    assert "secret" not in said


def test_who_may_make_no_roles_is_told_which_one_is_missing(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    engine = create_engine(installed)
    with engine.begin() as connection:
        connection.execute(text("CREATE ROLE plain_owner LOGIN"))
        connection.execute(text("GRANT SELECT ON alembic_version TO plain_owner"))
    address = engine.url.set(username="plain_owner")
    monkeypatch.setenv("DATABASE_URL", address.render_as_string())
    # The real one belongs to the cluster, so it is there already.
    monkeypatch.setattr("integrations.reader_role.READER", "reader_nobody_made")
    assert cli.main(["migrate"]) == 1
    assert "CREATE ROLE advocacy_reader NOLOGIN" in capsys.readouterr().err
    with engine.begin() as connection:
        connection.execute(text("DROP OWNED BY plain_owner"))
        connection.execute(text("DROP ROLE plain_owner"))
    engine.dispose()


def test_translations_are_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compile-translations"]) == 0
    assert "compiled messages.mo for nl" in capsys.readouterr().out


def test_the_demonstration_runs_from_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "not a port")
    assert cli.main(["demo"]) == 1
    assert "PORT must be" in capsys.readouterr().err
