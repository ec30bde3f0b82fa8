"""The key that outlives a withdrawal: for one deletion, one lease long, then given back."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from advocacy.accounts.operations import about_refresh
from advocacy.accounts.queries import account_of
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.outside import LINKEDIN
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.last_tokens import access_to_delete, lock_last_again
from advocacy.shares.late_deleting import delete_late, posts_to_delete
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.station import open_station
from advocacy.shares.sweeper import sweep
from advocacy.shares.tasks import delete_stopped, erase_tokens
from integrations.clock import now
from integrations.database import transaction
from integrations.token_vault import TokenVault
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.last_keys import armed, end_leases, given_back, tokens
from tests.advocacy.shares.making import (
    VAULT,
    connect_account,
    make_item,
    queue_due,
    state_of,
)

S = ShareState


def test_a_lost_worker_leaves_a_doubt_and_no_key_after_its_lease(
    session, person, key, share, station, turn_off, sandbox
):
    open_station(station)
    armed(session, share, station)
    turn_off()
    assert tokens(session) == (0, 1)
    session.refresh(share)
    assert session.get_one(LastToken, share.id).until == share.lease_until
    erase_tokens()
    assert tokens(session) == (0, 1)

    end_leases()
    erase_tokens()

    assert tokens(session) == (0, 0)
    assert given_back(sandbox, key)
    share.lease_until = now() - timedelta(seconds=1)
    sweep(session)
    assert state_of(session, share) is S.UNCERTAIN


def test_after_the_lease_the_key_opens_nothing_even_before_it_is_erased(
    session, share, station, turn_off, sandbox
):
    publish_share(share.id, interrupted(station, "after arm", turn_off))
    end_leases()

    delete_late(share.id, station.outside)

    assert state_of(session, share) is S.PUBLISHED
    assert share.take_off_again is False
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_a_network_that_is_away_is_asked_again_while_the_key_is_there(
    session, share, station, turn_off, sandbox
):
    open_station(station)
    publish_share(share.id, interrupted(station, "after arm", turn_off))
    [network] = station.outside.networks.values()
    settings = replace(network._settings, api_base="http://127.0.0.1:9")  # noqa: SLF001
    away = replace(station.outside, networks={LINKEDIN: type(network)(settings)})

    delete_late(share.id, away)
    erase_tokens()
    assert tokens(session) == (0, 1)
    delete_late(share.id, station.outside)

    assert state_of(session, share) is S.REMOVED


def test_when_the_network_refuses_to_delete_it_the_key_goes_at_once(
    session, share, station, turn_off, sandbox
):
    open_station(station)
    publish_share(share.id, interrupted(station, "after arm", turn_off))
    sandbox.revoke_all()

    delete_late(share.id, station.outside)
    erase_tokens()

    assert state_of(session, share) is S.PUBLISHED
    assert tokens(session) == (0, 0)


def test_connecting_anew_meanwhile_works_and_outlives_the_old_key(
    session, person, key, share, station, turn_off, sandbox
):
    open_station(station)
    publish_share(share.id, interrupted(station, "after arm", turn_off))
    again = queue_again(session, person, sandbox)
    assert tokens(session) == (1, 1)

    delete_stopped(share.id)
    erase_tokens()

    assert state_of(session, share) is S.REMOVED
    assert tokens(session) == (1, 0)
    # A network may forget the newer grant with the older one.
    assert not given_back(sandbox, key)
    publish_share(again.id, station)
    assert state_of(session, again) is S.PUBLISHED


def queue_again(session, person, sandbox):
    """Consent, account and share, all anew."""
    session.expire_all()
    give(session, person, Purpose.POST_FOR_ME, "en", "a test", now())
    access = sandbox.access_for(f"{person.name} {person.id}")
    connect_account(session, person, access)
    share = queue_due(session, person, make_item(session), "Another day.")
    session.commit()
    return share


def test_withdrawn_twice_within_one_lease_keeps_the_key_that_was_used(
    session, person, share, station, turn_off, sandbox
):
    armed(session, share, station)
    turn_off()
    before = session.get_one(LastToken, share.id).token_locked
    queue_again(session, person, sandbox)

    turn_off()

    assert tokens(session) == (0, 1)
    assert session.get_one(LastToken, share.id).token_locked == before
    assert account_of(session, person.id, LINKEDIN) is None


def test_two_posts_on_the_wire_give_the_key_back_when_both_are_done(
    session, person, key, share, station, turn_off, sandbox
):
    open_station(station)
    other = queue_due(session, person, make_item(session), "And this.")
    session.commit()
    for one in (share, other):
        armed(session, one, station)
    turn_off()
    assert tokens(session) == (0, 2)
    with transaction() as other_session:
        other_session.get_one(LastToken, share.id).until = now()

    erase_tokens()
    assert tokens(session) == (0, 1)
    assert not given_back(sandbox, key)
    end_leases()
    erase_tokens()
    assert given_back(sandbox, key)


def test_keys_that_change_meanwhile_are_changed_for_what_is_kept_as_well(
    session, person, key, share, station, turn_off, sandbox
):
    account_of(session, person.id, LINKEDIN).refresh_locked = VAULT.lock(
        "renews", about_refresh(person.id, LINKEDIN)
    ).data
    other = queue_due(session, person, make_item(session), "And this.")
    session.commit()
    for one in (share, other):
        armed(session, one, station)
    turn_off()
    both = TokenVault({"k2": b"2" * 32, "k1": b"0123456789abcdef0123456789abcdef"})

    assert lock_last_again(session, both) == 2
    session.flush()
    assert lock_last_again(session, both) == 0

    new = TokenVault({"k2": b"2" * 32})
    assert access_to_delete(session, share, new).token == key
    first, second = session.scalars(select(LastToken)).all()
    about = about_refresh(person.id, LINKEDIN)
    assert new.unlock(first.refresh_locked, "k2", about) == "renews"
    # One token still, that goes back when the last of both is done.
    assert first.token_locked == second.token_locked


def test_a_token_that_renews_is_never_used_and_goes_with_the_other(
    session, person, share, station, turn_off
):
    open_station(station)
    account = account_of(session, person.id, LINKEDIN)
    account.refresh_locked, account.refresh_expires_at = b"locked", now()
    session.commit()
    armed(session, share, station)
    given = []
    station.outside.sign_ons[LINKEDIN].revoke = lambda token: (
        given.append(token) or True
    )

    turn_off()
    assert given == []
    assert session.get_one(LastToken, share.id).refresh_locked == b"locked"
    end_leases()
    erase_tokens()

    assert len(given) == 1  # the other one does not open: it was never a token
    assert tokens(session) == (0, 0)


def test_what_was_not_deleted_before_the_key_went_is_told_and_left(
    session, share, station, turn_off, sandbox
):
    open_station(station)
    publish_share(share.id, interrupted(station, "after answer", turn_off))
    end_leases()
    erase_tokens()
    delete_stopped(share.id)

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert posts_to_delete(session) == []
