"""Withdrawing the purpose while an account is being connected."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select

from advocacy.accounts.errors import RoundOver
from advocacy.accounts.models import Account
from advocacy.accounts.operations import confirm_round, forget_accounts
from advocacy.accounts.rounds import (
    Traveller,
    granted_round,
    keep_grant,
    start_round,
    use_round,
)
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.consent.queries import stays_on
from advocacy.people.models import Person
from advocacy.people.operations import add_person
from integrations.database import transaction
from integrations.network import Grant
from tests.advocacy.accounts.making import NOON, VAULT, make_account

P1 = Purpose.POST_FOR_ME


def test_a_withdrawal_finds_the_account_that_is_being_connected(database_url):
    """Confirming holds the purpose on; the withdrawal waits, and then deletes the
    account.
    """
    with transaction() as session:
        account = make_account(session, VAULT, "Ivo")
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
    with transaction() as session:
        person = add_person(session, name="Ivo", email="ivo@veenstroom.test")
        give(session, person, P1, "en", "pressed", NOON)
        who = Traveller(person.id, "a sign-in", "linkedin")
        state = start_round(session, who, frozenset({"openid"}), "/", NOON)
        row = use_round(session, who, state, NOON)
        ends = NOON + timedelta(days=60)
        names = "member-Ivo", "Ivo"
        grant = Grant("token", None, frozenset({"openid"}), ends, None, *names)
        keep_grant(session, VAULT, row, grant)

    def confirm() -> None:
        with transaction() as session:
            confirm_round(session, VAULT, "id", who, granted_round(session, who, NOON))

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
