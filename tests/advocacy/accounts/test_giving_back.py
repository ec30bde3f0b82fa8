"""Tokens are deleted here and given back to the network when they are let go."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account, ConnectingRound
from advocacy.accounts.operations import forget_accounts, forget_ended
from advocacy.accounts.queries import account_of
from advocacy.accounts.to_revoke import take_tokens_to_revoke
from advocacy.consent.models import Purpose
from advocacy.web.logs import set_up_logs
from integrations.clock import now
from tests.advocacy.accounts.making import NOON, VAULT, make_account
from tests.advocacy.accounts.stored import token_states

P1 = Purpose.POST_FOR_ME


def test_turning_the_purpose_off_deletes_the_token_here_and_gives_it_back(
    session, ivo, marit, sandbox
):
    ivo.connect()
    marit.connect()
    ivo.client.post("/consent/p1", data={"answer": "off"})
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert account_of(session, marit.person.id, "linkedin")
    assert token_states(sandbox) == ["active", "revoked"]


def test_turning_everything_off_gives_the_token_back(session, ivo, sandbox):
    ivo.connect()
    ivo.client.post("/consent/everything-off")
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert token_states(sandbox) == ["revoked"]


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not P1])
def test_other_purposes_leave_the_account_alone(session, purpose):
    account = make_account(session, VAULT, "Ivo")
    forget_accounts(session, account.person_id, purpose, NOON)
    assert account_of(session, account.person_id, "linkedin")


def test_disconnecting_leaves_the_purpose_on_and_gives_the_token_back(
    session, ivo, sandbox
):
    ivo.connect()
    assert "Disconnect" in ivo.words()
    ivo.client.post("/accounts/linkedin/disconnect")
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert token_states(sandbox) == ["revoked"]
    assert "its key is deleted" in ivo.words()
    assert "No account is connected" in ivo.words()
    ivo.client.post("/accounts/linkedin/disconnect")


def test_the_token_is_deleted_here_even_when_linkedin_does_not_answer(
    session, ivo, sandbox, monkeypatch
):
    ivo.connect()
    monkeypatch.setattr(
        "integrations.linkedin.sign_on.LinkedInSignOn.revoke", lambda *_args: False
    )
    answer = ivo.client.post("/consent/p1", data={"answer": "off"})
    assert answer.status_code == 302
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None


def test_a_token_whose_key_is_gone_is_deleted_all_the_same(
    session, ivo, sandbox, app, capsys
):
    set_up_logs()  # to where this test listens
    ivo.connect()
    runtime = app.extensions["advocacy"]
    vault = runtime.outside.vault
    for key_id in list(vault._ciphers):  # noqa: SLF001  (a key taken out too early)
        del vault._ciphers[key_id]  # noqa: SLF001
    assert ivo.client.post("/accounts/linkedin/disconnect").status_code == 302
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert "its key is gone" in capsys.readouterr().err


def test_the_clock_forgets_tokens_that_are_over_and_rounds_nobody_ended(
    session, ivo, sandbox
):
    ivo.come_back()
    account = make_account(session, VAULT, "Old")
    account.expires_at = NOON
    session.flush()
    forget_ended(session, NOON - timedelta(seconds=1))
    assert len(session.scalars(select(Account)).all()) == 1
    assert take_tokens_to_revoke(session) == []
    forget_ended(session, now() + timedelta(minutes=11))
    assert session.scalars(select(Account)).all() == []
    assert session.scalars(select(ConnectingRound)).all() == []
    assert [token.is_grant for token in take_tokens_to_revoke(session)] == [True]
