"""Consent withdrawn while a post is on the wire: deleted if it arrives, and no key left."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_refresh, access_of
from advocacy.accounts.queries import account_of
from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.outside import LINKEDIN
from advocacy.people.models import Person
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.changes import stop_sending
from advocacy.shares.claiming import claim_share
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.last_tokens import access_to_delete, lock_last_again
from advocacy.shares.late_deleting import delete_late, posts_to_delete
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.station import open_station
from advocacy.shares.sweeper import sweep
from advocacy.shares.tasks import delete_stopped, erase_tokens
from advocacy.withdrawal import withdrawal_cascade
from integrations.clock import now
from integrations.database import transaction
from integrations.token_vault import TokenVault
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    VAULT,
    attempts,
    connect_account,
    make_item,
    queue,
    queue_due,
    state_of,
)

S, P1 = ShareState, Purpose.POST_FOR_ME
AFTER_ARMING = ("after arm", "after answer")


@pytest.fixture
def turn_off(share, station):
    """The owner turns it off, with everything that follows from that."""

    def press(*, delete_again=True):
        cascade = withdrawal_cascade(station.outside, delete_again=delete_again)
        with transaction() as session:
            owner = session.get_one(Person, share.person_id)
            withdraw(session, owner, P1, "en", "a test", now(), cascade)

    return press


def tokens(session):
    """How many are kept: of accounts, and for one deletion each."""
    session.expire_all()
    kinds = (Account, LastToken)
    return tuple(session.scalar(select(func.count()).select_from(k)) for k in kinds)


def end_leases():
    """As if two minutes had gone by."""
    with transaction() as session:
        for last in session.scalars(select(LastToken)):
            last.until = now() - timedelta(seconds=1)


@pytest.fixture
def key(session, person):
    """The token with which the account was connected."""
    return access_of(account_of(session, person.id, LINKEDIN), VAULT).token


def given_back(sandbox, key):
    """Whether the network was told to forget it."""
    [token] = [t for t in sandbox.memory.tokens.values() if t.value == key]
    return token.status == "revoked"


@pytest.mark.parametrize("step", AFTER_ARMING)
def test_what_arrives_is_deleted_and_the_key_is_gone_with_it(
    session, person, key, share, station, turn_off, sandbox, step
):
    open_station(station)
    publish_share(share.id, interrupted(station, step, turn_off))

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert tokens(session) == (0, 1)
    erase_tokens()  # it is still needed
    assert tokens(session) == (0, 1)

    delete_stopped(share.id)

    assert state_of(session, share) is S.REMOVED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert [post["deleted"] for post in sandbox.posts()] == [True]
    assert not given_back(sandbox, key)
    erase_tokens()
    assert tokens(session) == (0, 0)
    assert given_back(sandbox, key)


@pytest.mark.parametrize(
    "step", ["before prepare", "after prepare", "before connect", "after connect"]
)
def test_before_it_is_armed_nothing_leaves_and_the_key_goes_at_once(
    session, person, key, share, station, turn_off, sandbox, step
):
    publish_share(share.id, interrupted(station, step, turn_off))

    assert state_of(session, share) is S.CANCELLED
    assert share.reason == Reason.CONSENT
    assert attempts(session, share) == []
    assert tokens(session) == (0, 0)
    assert given_back(sandbox, key)
    assert sandbox.posts() == []


@pytest.mark.parametrize("step", AFTER_ARMING)
def test_whoever_wants_it_to_stay_keeps_it_and_we_keep_no_key(
    session, person, share, station, turn_off, sandbox, step
):
    def press():
        turn_off(delete_again=False)

    if step == "after arm":  # the network must not know of it before the post is there
        sign_ons = station.outside.sign_ons
        sign_ons[LINKEDIN].revoke = lambda _token: True
    publish_share(share.id, interrupted(station, step, press))

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert tokens(session) == (0, 0)
    assert posts_to_delete(session) == []
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_the_last_word_counts_after_a_stop_on_the_wire(
    session, share, station, turn_off, sandbox
):
    def press():
        with transaction() as own:
            stop_sending(own, own.get_one(Share, share.id))
        turn_off(delete_again=False)

    publish_share(share.id, interrupted(station, "after answer", press))

    assert state_of(session, share) is S.PUBLISHED
    assert posts_to_delete(session) == []
    assert tokens(session) == (0, 0)


@pytest.mark.parametrize("fault", ["busy", "day_limit", "expired_token"])
@pytest.mark.parametrize("delete_again", [True, False])
def test_what_did_not_arrive_is_not_tried_again(
    session, share, station, turn_off, sandbox, fault, delete_again
):
    def press():
        turn_off(delete_again=delete_again)

    sandbox.set_fault(fault)
    open_station(station)
    publish_share(share.id, interrupted(station, "after arm", press))

    assert state_of(session, share) is S.CANCELLED
    assert share.reason == Reason.CONSENT
    erase_tokens()
    assert tokens(session) == (0, 0)


def test_a_doubt_is_left_to_its_owner_and_keeps_no_key(
    session, share, station, turn_off, sandbox
):
    sandbox.set_fault("drop_after_commit")
    open_station(station)
    publish_share(share.id, interrupted(station, "after arm", turn_off))

    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == Reason.CONSENT_TOO_LATE
    erase_tokens()
    assert tokens(session) == (0, 0)
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def armed(session, share, station):
    claim = claim_share(session, share.id, station)
    body = station.outside.networks[LINKEDIN].prepare(claim.access, claim.draft)
    assert freeze_body(session, claim, body)
    assert arm(session, claim, body)
    session.commit()


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
    give(session, person, P1, "en", "a test", now())
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


def test_planned_posts_are_cancelled_while_another_is_leaving(
    session, person, share, station, turn_off
):
    planned = queue(session, person, make_item(session), "Later.")
    session.commit()
    publish_share(share.id, interrupted(station, "after arm", turn_off))

    assert state_of(session, planned) is S.CANCELLED
    assert planned.reason == Reason.CONSENT


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
