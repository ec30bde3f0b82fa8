"""What a withdrawal, an item or an account does to shares: no more and no less."""

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.outside import LINKEDIN
from advocacy.shares.cascades import (
    cancel_for,
    cancel_for_item,
    cancel_for_mentions,
)
from advocacy.shares.models import ShareState
from advocacy.shares.named import known_mentions
from advocacy.shares.reasons import Reason
from content.mentioning import keep_mention, take_off
from integrations.clock import now
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    put_into,
    queue,
    state_of,
)

S = ShareState
STOPPED = {S.SCHEDULED, S.PREPARING, S.READY, S.NEEDS_RECONNECT, S.MISSED}


def in_state(session, person, state):
    share = queue(session, person, make_item(session))
    put_into(session, share, state)
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


NETKADE, NAMES_IT, NAMES_NONE = "Netkade", "With @Netkade, at last.", "Netkade helped."


@pytest.fixture
def listed(session):
    return keep_mention(session, NETKADE, "4242")


def changed_list(session, change):
    before = known_mentions(session, LINKEDIN)
    change()
    cancel_for_mentions(session, LINKEDIN, before, now())


def stopped(session, *shares):
    return [state_of(session, share) is S.CANCELLED for share in shares]


def test_a_new_organisation_stops_planned_posts_that_write_its_name(session, person):
    named = queue(session, person, make_item(session), NAMES_IT)
    others = [
        queue(session, person, make_item(session), text)
        for text in (NAMES_NONE, "ada@Netkade.example", "@Netkades")
    ]

    changed_list(session, lambda: keep_mention(session, NETKADE, "4242"))

    assert stopped(session, named, *others) == [True, False, False, False]
    assert named.reason == Reason.MENTION_CHANGED


@pytest.mark.parametrize(
    ("change", "stops"),
    [
        (lambda session, row: take_off(session, row.id), True),
        (lambda session, row: keep_mention(session, "Netkade B", "4242", row.id), True),
        (lambda session, row: keep_mention(session, NETKADE, "4243", row.id), True),
        (lambda session, row: keep_mention(session, NETKADE, "4242", row.id), False),
        (lambda session, _row: keep_mention(session, "Another", "1"), False),
    ],
)
def test_a_post_stops_when_whom_it_mentions_changes(
    session, person, listed, change, stops
):
    share = queue(session, person, make_item(session), NAMES_IT)

    changed_list(session, lambda: change(session, listed))

    assert stopped(session, share) == [stops]


@pytest.mark.parametrize("state", [S.SENDING, S.UNCERTAIN, S.PUBLISHED])
def test_what_has_left_stays_as_it_was_confirmed(session, person, listed, state):
    share = queue(session, person, make_item(session), NAMES_IT)
    put_into(session, share, state)

    changed_list(session, lambda: take_off(session, listed.id))

    assert state_of(session, share) is state
    assert not share.stop_requested
