"""What a withdrawal, an item or an account does to shares: no more and no less."""

from datetime import timedelta

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.shares.cascades import cancel_for, cancel_for_item, reconnected
from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from integrations.clock import now
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue,
    state_of,
)

S = ShareState
STOPPED = {S.SCHEDULED, S.PREPARING, S.READY, S.NEEDS_RECONNECT, S.MISSED}


def in_state(session, person, state):
    share = queue(session, person, make_item(session))
    share.state = state
    session.flush()
    return share


@pytest.mark.parametrize("state", list(ShareState))
def test_withdrawing_post_for_me_stops_exactly_what_is_unsent(session, person, state):
    share = in_state(session, person, state)
    stranger = make_person(session)
    connect_account(session, stranger)
    other = queue(session, stranger, make_item(session))

    withdraw(session, person, Purpose.POST_FOR_ME, "en", "a test", now(), [cancel_for])

    found = state_of(session, share)
    assert found is (S.CANCELLED if state in STOPPED else state)
    if state in STOPPED:
        assert share.reason == Reason.CONSENT
    assert share.stop_requested == (state is S.SENDING)
    assert state_of(session, other) is S.SCHEDULED


def test_withdrawing_anything_else_stops_nothing(session, person):
    share = in_state(session, person, S.SCHEDULED)
    for purpose in set(Purpose) - {Purpose.POST_FOR_ME}:
        cancel_for(session, person.id, purpose, now())
    assert state_of(session, share) is S.SCHEDULED


def test_a_withdrawn_item_stops_everybodys_waiting_share_of_it(session, person, item):
    mine = queue(session, person, item)
    stranger = make_person(session)
    connect_account(session, stranger)
    theirs = queue(session, stranger, item)
    another = queue(session, person, make_item(session))

    assert cancel_for_item(session, item.id, Reason.ITEM_WITHDRAWN, now()) == 2

    assert state_of(session, mine) is S.CANCELLED
    assert state_of(session, theirs) is S.CANCELLED
    assert theirs.reason == Reason.ITEM_WITHDRAWN
    assert state_of(session, another) is S.SCHEDULED


def test_a_new_connection_lets_go_what_is_in_time_and_tells_what_is_not(
    session, person
):
    at = now()
    in_time = in_state(session, person, S.NEEDS_RECONNECT)
    in_time.due_at = at - timedelta(hours=5, minutes=59)
    too_late = in_state(session, person, S.NEEDS_RECONNECT)
    too_late.due_at = at - timedelta(hours=6, minutes=1)
    session.flush()

    assert reconnected(session, person.id, "linkedin", at) == 1

    assert state_of(session, in_time) is S.SCHEDULED
    assert in_time.next_at == in_time.due_at
    assert state_of(session, too_late) is S.MISSED
    assert too_late.reason == Reason.LATE
