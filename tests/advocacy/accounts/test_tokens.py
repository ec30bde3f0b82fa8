"""Tokens: locked in their own row, given back when they are let go, and never seen
anywhere.
"""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
import structlog
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from advocacy.accounts.errors import RoundOver
from advocacy.accounts.models import Account, ConnectingRound
from advocacy.accounts.operations import (
    access_of,
    confirm_round,
    forget_accounts,
    forget_ended,
    lock_again,
    mark_refused,
)
from advocacy.accounts.queries import account_of, usable_account
from advocacy.accounts.rounds import (
    Traveller,
    granted_round,
    keep_grant,
    start_round,
    use_round,
)
from advocacy.accounts.to_revoke import about_token, take_tokens_to_revoke
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.consent.queries import stays_on
from advocacy.people.models import Person
from advocacy.people.operations import add_person
from advocacy.web.logs import set_up_logs
from integrations.clock import now
from integrations.database import transaction
from integrations.network import Grant
from integrations.token_vault import CannotUnlock, TokenVault

log = structlog.get_logger()
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
P1 = Purpose.POST_FOR_ME
OLD, NEW = b"o" * 32, b"n" * 32


def make_account(session, vault: TokenVault, name: str) -> Account:
    person = add_person(session, name=name, email=f"{name.lower()}@veenstroom.test")
    token = vault.lock(f"token of {name}", about_token(person.id, "linkedin"))
    account = Account(
        person_id=person.id,
        network="linkedin",
        client_id="test-client",
        member_id=f"member-{name}",
        member_name=name,
        scopes=["w_member_social"],
        token_locked=token.data,
        token_key_id=token.key_id,
        connected_at=NOON,
        expires_at=NOON + timedelta(days=60),
    )
    session.add(account)
    session.flush()
    return account


def statuses(sandbox) -> list[str]:
    return sorted(token.status for token in sandbox.memory.tokens.values())


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


def test_the_clock_forgets_tokens_that_are_over_and_rounds_nobody_ended(
    session, ivo, sandbox
):
    ivo.come_back()
    account = make_account(session, TokenVault({"k1": OLD}), "Old")
    account.expires_at = NOON
    session.flush()
    forget_ended(session, NOON - timedelta(seconds=1))
    assert len(session.scalars(select(Account)).all()) == 1
    assert take_tokens_to_revoke(session) == []
    forget_ended(session, now() + timedelta(minutes=11))
    assert session.scalars(select(Account)).all() == []
    assert session.scalars(select(ConnectingRound)).all() == []
    assert [token.is_grant for token in take_tokens_to_revoke(session)] == [True]


@pytest.mark.parametrize("purpose", [p for p in Purpose if p is not P1])
def test_other_purposes_leave_the_account_alone(session, purpose):
    account = make_account(session, TokenVault({"k1": OLD}), "Ivo")
    forget_accounts(session, account.person_id, purpose, NOON)
    assert account_of(session, account.person_id, "linkedin")


def test_turning_the_purpose_off_deletes_the_token_here_and_gives_it_back(
    session, ivo, marit, sandbox
):
    ivo.connect()
    marit.connect()
    ivo.client.post("/consent/p1", data={"answer": "off"})
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert account_of(session, marit.person.id, "linkedin")
    assert statuses(sandbox) == ["active", "revoked"]


def test_turning_everything_off_gives_the_token_back(session, ivo, sandbox):
    ivo.connect()
    ivo.client.post("/consent/everything-off")
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert statuses(sandbox) == ["revoked"]


def test_disconnecting_leaves_the_purpose_on_and_gives_the_token_back(
    session, ivo, sandbox
):
    ivo.connect()
    assert "Disconnect" in ivo.words()
    ivo.client.post("/accounts/linkedin/disconnect")
    session.expire_all()
    assert account_of(session, ivo.person.id, "linkedin") is None
    assert statuses(sandbox) == ["revoked"]
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


def test_a_withdrawal_finds_the_account_that_is_being_connected(database_url):
    """Confirming holds the purpose on; the withdrawal waits, and then deletes the
    account.
    """
    vault = TokenVault({"k1": OLD})
    with transaction() as session:
        account = make_account(session, vault, "Ivo")
        person = session.get_one(Person, account.person_id)
        give(session, person, P1, "en", "pressed", NOON)
        session.delete(account)
    held = Event()
    values = {c.key: vars(account).get(c.key) for c in Account.__table__.columns}

    def confirm() -> None:
        with transaction() as session:
            assert stays_on(session, person.id, P1)
            held.set()
            Event().wait(0.3)
            session.add(Account(**values))

    def turn_off() -> None:
        assert held.wait(5)
        with transaction() as session:
            me = session.get_one(Person, person.id)
            withdraw(session, me, P1, "en", "pressed", NOON, [forget_accounts])

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(confirm), pool.submit(turn_off)]:
            done.result(20)
    with transaction() as session:
        assert session.scalars(select(Account)).all() == []


def test_confirming_and_withdrawing_at_once_do_not_wait_for_each_other(database_url):
    """Both take the answer first, and the round then."""
    vault = TokenVault({"k1": OLD})
    with transaction() as session:
        person = add_person(session, name="Ivo", email="ivo@veenstroom.test")
        give(session, person, P1, "en", "pressed", NOON)
        who = Traveller(person.id, "a sign-in", "linkedin")
        state = start_round(session, who, frozenset({"openid"}), "/", NOON)
        row = use_round(session, who, state, NOON)
        ends = NOON + timedelta(days=60)
        names = "member-Ivo", "Ivo"
        grant = Grant("token", None, frozenset({"openid"}), ends, None, *names)
        keep_grant(session, vault, row, grant)

    def confirm() -> None:
        with transaction() as session:
            confirm_round(session, vault, "id", who, granted_round(session, who, NOON))

    confirming = []

    def meanwhile(*_step: object) -> None:
        confirming.append(pool.submit(confirm))
        wait(confirming, timeout=0.5)  # it has come as far as it can

    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:
            me = session.get_one(Person, who.person_id)
            cascade = [meanwhile, forget_accounts]
            withdraw(session, me, P1, "en", "pressed", NOON, cascade)
        with pytest.raises(RoundOver):
            confirming[0].result(20)
    with transaction() as session:
        assert session.scalars(select(Account)).all() == []
