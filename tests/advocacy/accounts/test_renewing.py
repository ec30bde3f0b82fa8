"""Renewing a token where the network allows it, and never disconnecting somebody while the
network is away.
"""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from advocacy.accounts.models import Account
from advocacy.accounts.operations import access_of, forget_ended, lock_again
from advocacy.accounts.renewing import PAUSE, Renewal, renew
from advocacy.accounts.to_revoke import take_tokens_to_revoke
from integrations.clock import clock_at, now
from integrations.errors import NotDone, OutcomeUnknown
from integrations.token_vault import TokenVault
from tests.advocacy.accounts.renewable import NEAR, account_at


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


@pytest.mark.parametrize("error", [NotDone, OutcomeUnknown])
def test_the_network_that_is_away_is_asked_later_and_nobody_is_disconnected(
    session, partner, ivo, outside, monkeypatch, error
):
    ivo.connect()
    account = account_at(session, ivo)
    calls = []

    def away(*_args: object) -> None:
        calls.append(1)
        raise error("away", code="ConnectTimeout")

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
