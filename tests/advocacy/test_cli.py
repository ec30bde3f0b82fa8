"""The commands for whoever runs the service."""

import base64
import io
import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from advocacy import cli
from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_token, access_of
from advocacy.config import read_settings
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.people.operations import add_person
from advocacy.people.passwords import fits
from advocacy.people.queries import person_by_email
from advocacy.people.roles import Role
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.last_tokens import keep_for_deleting
from advocacy.shares.models import ShareState
from integrations.clock import now
from integrations.database import connect, transaction
from integrations.local_services import LocalValkey
from integrations.token_vault import TokenVault
from tests.advocacy.shares.making import make_item, queue_due

PASSWORD = "quiet heron above the wet polder"
ADA = ["create-person", "--name", "Ada Jansen", "--email", "Ada@example.org"]


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


def type_in(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words + "\n"))


def test_somebody_is_created_and_can_sign_in(
    installed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch, PASSWORD)
    assert cli.main([*ADA, "--job", "Editor", "--role", "communications"]) == 0
    engine = connect(installed)
    with transaction() as session:
        ada = person_by_email(session, "ada@example.org")
        assert ada is not None
        assert ada.roles == [Role.COMMUNICATIONS]
        assert fits(ada.password_hash, PASSWORD)
    engine.dispose()


def test_somebody_elsewhere_is_created_with_their_own_time_zone(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*ADA, "--time-zone", "Mars/Olympus"])
    assert "Mars/Olympus is not a time zone" in capsys.readouterr().err
    type_in(monkeypatch, PASSWORD)
    assert cli.main([*ADA, "--time-zone", "America/New_York"]) == 0
    engine = connect(installed)
    with transaction() as session:
        ada = person_by_email(session, "ada@example.org")
        assert ada is not None
        assert ada.time_zone == "America/New_York"
    engine.dispose()


def test_nobody_is_created_twice(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for expected in (0, 1):
        type_in(monkeypatch, PASSWORD)
        assert cli.main(ADA) == expected
    assert "works here already" in capsys.readouterr().err


def test_a_weak_password_is_refused_in_words_and_nobody_is_created(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    type_in(monkeypatch, "short")
    assert cli.main(ADA) == 1
    assert "12 characters" in capsys.readouterr().err
    engine = connect(installed)
    with transaction() as session:
        assert person_by_email(session, "ada@example.org") is None
    engine.dispose()


@pytest.mark.parametrize(
    ("option", "typed"),
    [
        ("--email", "not an email"),
        ("--email", "ada@example.org\x1b[2J"),
        ("--email", "a\0da@example.org"),
        ("--email", "ada@b@example.org"),
        ("--name", "Ada\nJansen"),
        ("--name", "Ada\udce9"),
        ("--name", "Ada\0"),
        ("--name", " "),
        ("--job", "Editor\x07"),
    ],
)
def test_what_is_no_name_or_address_is_refused_before_a_password_is_asked(
    capsys: pytest.CaptureFixture[str], option: str, typed: str
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*ADA, option, typed])
    said = capsys.readouterr().err
    assert option in said
    assert repr(typed) in said  # nothing that moves a terminal's cursor


@pytest.mark.parametrize("server", ["http://x:99999", "http://[x", "https://x:y"])
def test_what_is_no_server_is_said_to_be_none(
    installed: str, capsys: pytest.CaptureFixture[str], server: str
) -> None:
    assert cli.main(["register-mastodon", server]) == 2
    assert "cannot be a Mastodon server's address" in capsys.readouterr().err


def test_an_unknown_role_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([*ADA, "--role", "boss"])
    assert "boss" in capsys.readouterr().err


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
    assert "cannot be reached" in said
    assert "secret" not in said


def test_chains_of_an_empty_database_are_whole(
    installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["verify-chains"]) == 0
    assert capsys.readouterr().out.startswith("0 consent answers")


def fresh_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def lent_token(keys: str, database: str, *, kept_to_delete: bool = False) -> None:
    """Somebody's token, locked with the first of these keys."""
    engine = connect(database)
    vault = TokenVault(read_settings(os.environ | {"TOKEN_KEYS": keys}).token_keys)
    with transaction() as session:
        person = add_person(session, name="Ada Jansen", email="ada@example.org")
        locked = vault.lock("a token", about_token(person.id, "linkedin"))
        account = Account(
            person_id=person.id,
            network="linkedin",
            client_id="a-client",
            member_id="member-ada",
            member_name="Ada Jansen",
            scopes=["w_member_social"],
            token_locked=locked.data,
            token_key_id=locked.key_id,
            expires_at=now() + timedelta(days=50),
        )
        session.add(account)
        session.flush()
        if kept_to_delete:
            give(session, person, Purpose.POST_FOR_ME, "en", "a test", now())
            share = queue_due(session, person, make_item(session))
            share.state = ShareState.PREPARING
            share.lease_until = now() + timedelta(minutes=2)
            session.flush()
            keep_for_deleting(session, [share.id])
    engine.dispose()


def test_tokens_are_locked_again_with_the_newest_key(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old, new = f"old:{fresh_key()}", f"new:{fresh_key()}"
    lent_token(old, installed, kept_to_delete=True)
    monkeypatch.setenv("TOKEN_KEYS", f"{new},{old}")
    for count in (2, 0):
        assert cli.main(["lock-tokens-again"]) == 0
        assert capsys.readouterr().out.startswith(f"{count} tokens")
    engine = connect(installed)
    with transaction() as session:
        account = session.scalars(select(Account)).one()
        last = session.scalars(select(LastToken)).one()
    assert last.token_key_id == account.token_key_id == "new"
    engine.dispose()
    without_the_old = read_settings(os.environ | {"TOKEN_KEYS": new}).token_keys
    assert access_of(account, TokenVault(without_the_old)).token == "a token"


def test_a_key_taken_out_too_early_is_missed(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    lent_token(f"old:{fresh_key()}", installed)
    monkeypatch.setenv("TOKEN_KEYS", f"new:{fresh_key()}")
    assert cli.main(["lock-tokens-again"]) == 1
    assert "TOKEN_KEYS" in capsys.readouterr().err


def test_translations_are_compiled(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["compile-translations"]) == 0
    assert "compiled messages.mo for nl" in capsys.readouterr().out


def test_the_demonstration_runs_from_here(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PORT", "not a port")
    assert cli.main(["demo"]) == 1
    assert "PORT must be" in capsys.readouterr().err


def test_posting_is_stopped_looked_at_and_released(
    installed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["pause"]) == 0
    assert cli.main(["watch"]) == 1
    assert "look stopped" in capsys.readouterr().out.splitlines()

    assert cli.main(["release"]) == 0
    assert cli.main(["watch"]) == 1  # no worker was ever seen
    told = capsys.readouterr().out.splitlines()
    assert "look stopped" not in told
    assert "look no_worker" in told
