"""Renewing once and for the right token, whatever others do at the same time."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import create_engine, update

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of
from advocacy.accounts.renewing import Renewal, renew
from advocacy.outside import Outside
from integrations.clock import clock_at, now
from integrations.database import transaction
from integrations.errors import NotDone, Refused
from integrations.files import Files
from integrations.network import Grant
from integrations.token_vault import TokenVault
from tests.advocacy.accounts.renewable import NEAR, account_at, renewable_account


@pytest.mark.parametrize("answers", [True, False])
def test_workers_that_ask_at_the_same_time_ask_the_network_once(
    database_url, tmp_path, answers
):
    calls = []

    class Counting:
        def refresh(self, *_given: str) -> Grant:
            calls.append(1)
            Event().wait(1)  # while the others come
            if not answers:
                raise NotDone("slow", code="timeout")
            until = now() + timedelta(days=60)
            return Grant(
                "a new token", "again", frozenset(), until, until, "member", ""
            )

    outside = Outside(
        engine=create_engine(database_url),
        files=Files(tmp_path),
        vault=TokenVault({"k1": b"o" * 32}),
        networks={},
        sign_ons={"linkedin": Counting()},
    )
    with transaction() as session:
        account_id = renewable_account(session, outside.vault)
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(renew, account_id, outside) for _ in range(8)]
        found = Counter(one.result(20) for one in asked)

    expected = Renewal.DONE if answers else Renewal.LATER
    assert found == {expected: 1, Renewal.NOT_NEEDED: 7}
    assert renew(account_id, outside) is Renewal.NOT_NEEDED
    assert len(calls) == 1
    with transaction() as session:
        access = access_of(session.get_one(Account, account_id), outside.vault)
    assert access.token == ("a new token" if answers else "a token")


def test_a_refusal_of_the_old_token_leaves_a_newer_connection_alone(
    session, partner, ivo, outside, monkeypatch
):
    ivo.connect()
    account = account_at(session, ivo)

    def beaten(*_args: object) -> None:
        """Meanwhile another worker got the new token."""
        with transaction() as other:
            other.execute(update(Account).values(token_version=2))
        raise Refused("used up", code="invalid_grant")

    monkeypatch.setattr("integrations.linkedin.sign_on.LinkedInSignOn.refresh", beaten)
    with clock_at(now() + timedelta(days=61)):
        assert renew(account.id, outside) is Renewal.NOT_NEEDED
    account = account_at(session, ivo)
    assert account.refused_at is None
    assert account.refresh_locked is not None


def test_a_late_answer_does_not_replace_a_newer_token(
    session, partner, ivo, outside, monkeypatch
):
    ivo.connect()
    account = account_at(session, ivo)
    sign_on = outside.sign_ons["linkedin"]
    refresh, connected = sign_on.refresh, []

    def slow(*given: str) -> object:
        grant = refresh(*given)
        with clock_at(datetime.now(UTC)):  # signed in until then
            ivo.connect()
        mine = account_at(session, ivo)
        connected.append(access_of(mine, outside.vault).token)
        return grant

    monkeypatch.setattr(sign_on, "refresh", slow)
    with clock_at(now() + NEAR):
        renew(account.id, outside)
    account = account_at(session, ivo)
    assert account.token_version == 2
    assert access_of(account, outside.vault).token == connected[0]


def test_what_came_for_an_account_that_is_gone_goes_back(
    session, partner, ivo, outside, sandbox, monkeypatch
):
    ivo.connect()
    account = account_at(session, ivo)
    sign_on = outside.sign_ons["linkedin"]
    refresh = sign_on.refresh

    def slow(*given: str) -> object:
        with clock_at(datetime.now(UTC)):
            ivo.client.post("/consent/p1", data={"answer": "off"})
        for kept in sandbox.memory.refresh_tokens.values():
            kept.status = "active"  # it had not heard of that yet
        return refresh(*given)

    monkeypatch.setattr(sign_on, "refresh", slow)
    with clock_at(now() + NEAR):
        renew(account.id, outside)
    assert account_at(session, ivo) is None
    assert {token.status for token in sandbox.memory.tokens.values()} == {"revoked"}
