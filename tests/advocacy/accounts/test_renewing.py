"""Renewing a token where the network allows it: once, for the right token, and never a
reason to disconnect somebody while the network is away.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from sqlalchemy import create_engine, select, text, update

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of, forget_ended, lock_again
from advocacy.accounts.queries import account_of
from advocacy.accounts.renewal import BEFORE_END
from advocacy.accounts.renewing import PAUSE, Renewal, renew
from advocacy.accounts.to_revoke import take_tokens_to_revoke
from advocacy.outside import Outside
from integrations.clock import clock_at, now
from integrations.database import transaction
from integrations.errors import NotDone, Refused
from integrations.files import Files
from integrations.token_vault import TokenVault
from tests.advocacy.accounts.renewable import renewable_account

NEAR = timedelta(days=60) - BEFORE_END + timedelta(hours=1)


@pytest.fixture
def outside(app):
    return app.extensions["advocacy"].outside


@pytest.fixture
def partner(sandbox):
    """The network gives what renews a token."""
    sandbox.memory.settings = type(sandbox.memory.settings)(
        **vars(sandbox.memory.settings) | {"partner": True}
    )


def account_at(session, colleague) -> Account:
    session.expire_all()
    return account_of(session, colleague.person.id, "linkedin")


def test_where_the_network_gives_nothing_to_renew_with_nothing_is_kept(
    session, ivo, outside
):
    ivo.connect()
    account = account_at(session, ivo)
    assert account.refresh_locked is None
    assert account.lasts_until == account.expires_at
    with clock_at(now() + NEAR):
        assert renew(account.id, outside) is Renewal.NOT_NEEDED


def test_a_token_near_its_end_is_renewed_and_the_new_one_works(
    session, partner, ivo, outside, sandbox
):
    ivo.connect()
    before = account_at(session, ivo)
    first, before_locked = access_of(before, outside.vault).token, before.refresh_locked
    assert (before.refresh_expires_at - now()).days in {364, 365}
    assert renew(before.id, outside) is Renewal.NOT_NEEDED
    with clock_at(now() + NEAR):
        assert renew(before.id, outside) is Renewal.DONE
        assert renew(before.id, outside) is Renewal.NOT_NEEDED
    after = account_at(session, ivo)
    access = access_of(after, outside.vault)
    assert access.token != first
    assert access.token in sandbox.memory.tokens
    assert after.token_version == 2
    assert after.member_name == "Ivo Terpstra"
    assert after.scopes == ["openid", "profile", "w_member_social"]
    assert after.refresh_locked != before_locked


def test_the_network_that_is_away_is_asked_later_and_nobody_is_disconnected(
    session, partner, ivo, outside, monkeypatch
):
    ivo.connect()
    account = account_at(session, ivo)
    calls = []

    def away(*_args: object) -> None:
        calls.append(1)
        raise NotDone("away", code="ConnectTimeout")

    monkeypatch.setattr("integrations.linkedin.sign_on.LinkedInSignOn.refresh", away)
    near = now() + NEAR
    with clock_at(near):
        assert renew(account.id, outside) is Renewal.LATER
        assert renew(account.id, outside) is Renewal.NOT_NEEDED
    account = account_at(session, ivo)
    assert account.refused_at is None
    assert account.refresh_locked is not None
    assert account.renew_after == near + PAUSE
    with clock_at(near + PAUSE):
        assert renew(account.id, outside) is Renewal.LATER
    assert len(calls) == 2


def test_a_wrong_secret_of_ours_disconnects_nobody(
    session, partner, ivo, outside, sandbox
):
    ivo.connect()
    account = account_at(session, ivo)
    settings = vars(sandbox.memory.settings) | {"client_secret": "changed"}
    sandbox.memory.settings = type(sandbox.memory.settings)(**settings)
    with clock_at(now() + NEAR):
        assert renew(account.id, outside) is Renewal.LATER
    assert account_at(session, ivo).refresh_locked is not None


@pytest.mark.parametrize(("days", "refused"), [(50, False), (61, True)])
def test_what_the_network_no_longer_takes_is_forgotten_and_the_token_runs_out(
    session, partner, ivo, outside, sandbox, days, refused
):
    ivo.connect()
    account = account_at(session, ivo)
    sandbox.revoke_all()
    with clock_at(now() + timedelta(days=days)):
        assert renew(account.id, outside) is Renewal.REFUSED
    account = account_at(session, ivo)
    assert account.refresh_locked is None
    assert (account.refused_at is not None) is refused


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


def test_workers_that_ask_at_the_same_time_ask_the_network_once(database_url, tmp_path):
    calls = []

    class Counting:
        def refresh(self, *_given: str) -> object:
            calls.append(1)
            Event().wait(1)  # while the others come
            raise NotDone("slow", code="timeout")

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
        for done in [pool.submit(renew, account_id, outside) for _ in range(8)]:
            done.result(20)
    assert len(calls) == 1


def test_after_a_change_of_keys_the_token_that_renews_is_locked_anew_too(
    session, partner, ivo, outside
):
    ivo.connect()
    account = account_at(session, ivo)
    old = dict(outside.vault._ciphers)  # noqa: SLF001  (to take the old key along)
    after = TokenVault({"k2": b"n" * 32})
    after._ciphers |= old  # noqa: SLF001
    assert lock_again(session, after) == 1
    session.commit()
    outside.vault._ciphers.clear()  # noqa: SLF001
    outside.vault._ciphers["k2"] = after._ciphers["k2"]  # noqa: SLF001
    outside.vault.key_id = "k2"
    with clock_at(now() + NEAR):
        assert renew(account.id, outside) is Renewal.DONE


def test_a_token_that_can_be_renewed_outlives_its_end_by_sixty_days(
    session, partner, ivo
):
    ivo.connect()
    begun = now()
    forget_ended(session, begun + timedelta(days=119))
    assert account_at(session, ivo) is not None
    forget_ended(session, begun + timedelta(days=121))
    assert account_at(session, ivo) is None
    assert len(take_tokens_to_revoke(session)) == 2


def test_disconnecting_gives_both_tokens_back(session, partner, ivo, sandbox):
    ivo.connect()
    ivo.client.post("/accounts/linkedin/disconnect")
    kept = [*sandbox.memory.tokens.values(), *sandbox.memory.refresh_tokens.values()]
    assert {token.status for token in kept} == {"revoked"}


def test_the_token_that_renews_is_seen_nowhere(session, partner, ivo, sandbox, capsys):
    ivo.come_back()
    seen = ivo.client.get("/accounts/linkedin/confirm").text
    seen += session.execute(
        text("SELECT connecting_round::text FROM connecting_round")
    ).scalar_one()
    ivo.confirm()
    seen += ivo.words()
    seen += session.execute(text("SELECT account::text FROM account")).scalar_one()
    seen += "".join(capsys.readouterr())
    (secret,) = sandbox.memory.refresh_tokens
    assert secret not in seen
    assert secret.encode().hex() not in seen
    assert session.scalars(select(Account)).one().refresh_locked
