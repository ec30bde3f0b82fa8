"""Tokens: locked in their own row, used while they last, and never seen anywhere."""

from datetime import timedelta

import pytest
import structlog
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of, lock_again, mark_refused
from advocacy.accounts.queries import account_of, usable_account
from advocacy.web.logs import set_up_logs
from integrations.token_vault import CannotUnlock, TokenVault
from tests.advocacy.accounts.making import NOON, make_account

log = structlog.get_logger()
OLD, NEW = b"o" * 32, b"n" * 32


def test_the_token_comes_out_for_whoever_posts(session):
    vault = TokenVault({"k1": OLD})
    account = make_account(session, vault, "Ivo")
    access = access_of(account, vault)
    assert (access.token, access.member_id) == ("token of Ivo", "member-Ivo")
    assert "token of Ivo" not in repr(access)


def test_a_token_copied_into_somebody_elses_row_does_not_open(session):
    vault = TokenVault({"k1": OLD})
    ivo, marit = (make_account(session, vault, name) for name in ("Ivo", "Marit"))
    ivo.token_locked, marit.token_locked = marit.token_locked, ivo.token_locked
    for account in (ivo, marit):
        with pytest.raises(CannotUnlock):
            access_of(account, vault)


def test_after_a_change_of_keys_every_token_is_locked_with_the_new_one(session):
    before = TokenVault({"k1": OLD})
    for n in range(40):
        make_account(session, before, f"Person{n}")
    after = TokenVault({"k2": NEW, "k1": OLD})
    assert lock_again(session, after) == 40
    session.flush()
    assert lock_again(session, after) == 0
    without_the_old = TokenVault({"k2": NEW})
    accounts = session.scalars(select(Account).order_by(Account.id)).all()
    assert [access_of(one, without_the_old).token for one in accounts] == [
        f"token of Person{n}" for n in range(40)
    ]


@pytest.mark.parametrize("days", [59, 60])
def test_an_account_is_usable_until_its_token_ends(session, days):
    vault = TokenVault({"k1": OLD})
    account = make_account(session, vault, "Ivo")
    moment = NOON + timedelta(days=days)
    usable = usable_account(session, account.person_id, "linkedin", moment)
    assert (usable is not None) is (days == 59)


def test_a_refused_token_is_not_used_again(session):
    account = make_account(session, TokenVault({"k1": OLD}), "Ivo")
    mark_refused(session, account.id)
    session.expire_all()
    assert account_of(session, account.person_id, "linkedin").refused_at
    assert usable_account(session, account.person_id, "linkedin", NOON) is None


def test_an_account_without_a_token_cannot_be_stored(session):
    account = make_account(session, TokenVault({"k1": OLD}), "Ivo")
    account.token_locked = b""
    with pytest.raises(IntegrityError, match="token_not_empty"):
        session.flush()


def test_no_token_code_or_secret_is_seen_in_pages_headers_logs_or_rows(
    session, ivo, sandbox, capsys
):
    set_up_logs()  # to where this test listens
    log.warning("listening", code="heard")
    answers = [ivo.come_back()]
    answers += [
        ivo.client.get(address)
        for address in ("/accounts/linkedin/confirm", "/accounts", "/consent")
    ]
    answers += [ivo.confirm(), ivo.client.get("/accounts"), ivo.client.get("/consent")]
    secrets = [token.value for token in sandbox.memory.tokens.values()]
    secrets += list(sandbox.memory.codes)
    assert len(secrets) == 2
    stored = session.execute(text("SELECT account::text FROM account")).scalars().all()
    seen = "".join([*stored, *capsys.readouterr()])
    assert "heard" in seen
    for answer in answers:
        seen += answer.text + str(answer.headers)
    for secret in secrets:
        assert secret not in seen
        assert secret.encode().hex() not in seen
