"""Whoever may sign in is added from a terminal."""

import io

import pytest

from advocacy import cli
from advocacy.people.passwords import fits
from advocacy.people.queries import person_by_email
from advocacy.people.roles import Role
from integrations.database import connect, transaction

PASSWORD = "quiet heron above the wet polder"
ADA = ["create-person", "--name", "Ada Jansen", "--email", "Ada@example.org"]


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


@pytest.mark.parametrize("name", ["عليرضا نيک\u200cفر", "ശ്രീ\u200dനാഥ്", "Ngũgĩ d’Arc-Ó"])
def test_names_are_spelled_as_they_are(
    installed: str, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    type_in(monkeypatch, PASSWORD)
    assert cli.main([*ADA, "--name", name]) == 0
    engine = connect(installed)
    with transaction() as session:
        found = person_by_email(session, "ada@example.org")
        assert found is not None
        assert found.name == name
    engine.dispose()


def test_somebody_elsewhere_is_created_with_their_own_time_zone(
    installed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*ADA, "--time-zone", "Mars/Olympus"])
    assert "'Mars/Olympus': this is not a time zone" in capsys.readouterr().err
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
    ("option", "typed", "why"),
    [
        ("--email", "not an email", "not an email address"),
        ("--email", "ada@example.org\x1b[2J", "not one line of text"),
        ("--email", "a\0da@example.org", "not one line of text"),
        ("--email", "ada@b@example.org", "not an email address"),
        ("--name", "Ada\nJansen", "not one line of text"),
        ("--name", "Ada\udce9", "not one line of text"),
        ("--name", "Ada\0", "not one line of text"),
        ("--name", "Ada \u202enesnaJ", "not one line of text"),
        ("--name", "Ada\u200b", "not one line of text"),
        ("--email", "ada\u2066@example.org", "not one line of text"),
        ("--job", "Editor\u00ad", "not one line of text"),
        ("--name", " ", "a name has letters"),
        ("--name", "\u200d", "a name has letters"),
        ("--job", "Editor\x07", "not one line of text"),
    ],
)
def test_what_is_no_name_or_address_is_refused_before_a_password_is_asked(
    capsys: pytest.CaptureFixture[str], option: str, typed: str, why: str
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*ADA, option, typed])
    said = capsys.readouterr().err
    assert option in said
    assert repr(typed) in said  # nothing that moves a terminal's cursor
    assert why in said


def test_an_unknown_role_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([*ADA, "--role", "boss"])
    assert "boss" in capsys.readouterr().err
