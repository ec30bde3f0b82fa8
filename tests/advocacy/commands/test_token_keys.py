"""Tokens change to the newest key; none is lost with the old one."""

import base64
import os
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy import cli
from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_token, access_of
from advocacy.config import read_settings
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.people.operations import add_person
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.last_tokens import keep_for_deleting
from advocacy.shares.models import ShareState
from integrations.clock import now
from integrations.database import connect, transaction
from integrations.token_vault import TokenVault
from tests.advocacy.shares.making import connect_account, make_item, queue_due


def fresh_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


def lent_token(keys: str, database: str, *, kept_to_delete: bool = False) -> None:
    """Somebody's token, locked with the first of these keys."""
    engine = connect(database)
    vault = TokenVault(read_settings(os.environ | {"TOKEN_KEYS": keys}).token_keys)
    with transaction() as session:
        person = add_person(session, name="Ada Jansen", email="ada@example.org")
        locked = vault.lock("a token", about_token(person.id, "linkedin"))
        connect_account(
            session, person, token_locked=locked.data, token_key_id=locked.key_id
        )
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
