"""A post leaves on the profile it was confirmed for, or waits for its owner."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.changes import reschedule, send_again, the_same_again
from advocacy.shares.checking import Asked, check_wish
from advocacy.shares.deleting import CannotTakeDown, deletable_shares, take_down
from advocacy.shares.models import ShareState
from advocacy.shares.obstacles import wish_of
from advocacy.shares.operations import queue_share
from advocacy.shares.probing import doubts_to_ask, probe_share
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.reconnecting import reconnected
from advocacy.shares.storing import AlreadyShared
from integrations.clock import now
from tests.advocacy.shares.doubting import ago
from tests.advocacy.shares.making import (
    TERMS,
    attempt_of,
    connect_account,
    make_item,
    put_into,
    queue,
    state_of,
    stored,
)

S = ShareState
HOLD = timedelta(seconds=TERMS.hold_seconds)


@pytest.fixture
def connect(session, person, sandbox):
    """Let go of the account and connect the one of somebody of that name."""

    def anew(name, *, tell=True):
        if account := account_of(session, person.id, LINKEDIN):
            session.delete(account)
            session.flush()
        connect_account(session, person, sandbox.access_for(name))
        found = (
            reconnected(session, person.id, LINKEDIN, now(), hold=HOLD)
            if tell
            else None
        )
        session.commit()
        session.expire_all()
        return found.others if found else None

    return anew


@pytest.fixture
def mine(person):
    """The name there of the account that was connected at first."""
    return f"{person.name} {person.id}"


def waits(session, share):
    found = stored(session, share)
    return found.state is S.NEEDS_RECONNECT and found.reason == Reason.OTHER_MEMBER


@pytest.mark.parametrize("state", [S.SCHEDULED, S.NEEDS_RECONNECT])
def test_another_profile_makes_what_is_planned_wait(
    session, person, item, connect, state
):
    share = queue(session, person, item)
    put_into(session, share, state)
    assert connect("Somebody Else") == 1
    assert waits(session, share)


def test_the_same_profile_lets_it_go_on(session, person, item, connect, mine):
    share = queue(session, person, item)
    assert connect(mine) == 0
    assert state_of(session, share) is S.SCHEDULED
    connect("Somebody Else")
    assert connect(mine) == 0
    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == ""


def test_nothing_due_leaves_on_another_profile(
    session, share, station, sandbox, connect
):
    connect("Somebody Else", tell=False)
    publish_share(share.id, station)
    assert waits(session, share)
    assert sandbox.posts() == []


def test_what_was_kept_of_no_profile_is_asked_about(session, share, station, sandbox):
    share.member_hash = None
    session.commit()
    publish_share(share.id, station)
    assert waits(session, share)
    assert sandbox.posts() == []


def test_a_doubt_is_not_asked_about_on_another_profile(
    session, share, station, sandbox, connect
):
    station = replace(station, probe_doubts=True)
    sandbox.set_fault("drop_before_commit")
    publish_share(share.id, station)
    ago(session, share, 60)
    assert doubts_to_ask(session, station) == [share.id]
    connect("Somebody Else")
    probe_share(share.id, station)
    assert state_of(session, share) is S.UNCERTAIN
    assert sandbox.posts() == []


def test_confirmed_anew_it_leaves_on_the_profile_that_is_connected(
    session, person, share, item, station, sandbox, connect
):
    connect("Somebody Else")
    at_once = replace(TERMS, hold_seconds=0)
    asked = Asked(person, item, replace(wish_of(share), text="Once more."), now())
    reschedule(session, share, asked, at_once)
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is S.PUBLISHED
    assert len(sandbox.posts()) == 1


def test_the_same_wish_on_another_profile_is_another_wish(
    session, person, item, connect
):
    share = queue(session, person, item)
    wish = wish_of(share)
    assert queue_share(session, person, item, wish, now(), terms=TERMS) is share
    connect("Somebody Else")
    with pytest.raises(AlreadyShared):
        queue_share(session, person, item, wish, now(), terms=TERMS)


def test_a_confirmation_counts_for_the_profile_that_was_connected(
    session, person, connect, mine
):
    item, at = make_item(session), now()
    wish = wish_of(queue(session, person, make_item(session)))
    sealed = check_wish(session, Asked(person, item, wish, at), TERMS).sealed(at)
    asked = Asked(person, item, replace(wish, confirmed=sealed), at)
    connect("Somebody Else")
    with pytest.raises(WishRefused) as refused:
        check_wish(session, asked, TERMS)
    assert refused.value.problems == {"confirmation": Problem.CONFIRMATION_VOID}
    connect(mine)
    check_wish(session, asked, TERMS)


def test_sent_again_it_is_for_the_profile_of_now(session, person, share, item, connect):
    put_into(session, share, S.UNCERTAIN)
    session.add(attempt_of(share.id, outcome="uncertain"))
    before = share.member_hash
    connect("Somebody Else")
    send_again(session, share, the_same_again(share, person, item, now()), TERMS)
    after = account_of(session, person.id, LINKEDIN).member_hash
    assert stored(session, share).member_hash == after != before


def test_a_post_is_deleted_with_the_key_of_its_own_profile_only(
    session, person, share, station, connect, mine
):
    publish_share(share.id, station)
    connect("Somebody Else")
    assert deletable_shares(session, person.id) == frozenset()
    session.commit()
    with pytest.raises(CannotTakeDown):
        take_down(share.id, station.outside)
    connect(mine)
    assert deletable_shares(session, person.id) == {share.id}
    session.commit()
    take_down(share.id, station.outside)
    assert state_of(session, share) is S.REMOVED
