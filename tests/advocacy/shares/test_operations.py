"""Sharing and stopping in time, as one person sees it."""

from datetime import timedelta

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.shares.models import ShareState, Way
from advocacy.shares.operations import queue_share, undo
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.storing import AlreadyShared
from advocacy.shares.wishes import ShareWish
from content.items import ItemKind
from integrations.clock import now
from tests.advocacy.shares.making import (
    TERMS,
    connect_account,
    make_item,
    make_person,
    queue,
    queue_due,
    share_rows,
    state_of,
)


def test_a_share_waits_for_the_hold_with_everything_that_was_confirmed(
    session, person, item
):
    at = now()
    wish = ShareWish("Tower 41 stands. 🎉\r\nAt last.")

    share = queue_share(session, person, item, wish, at, terms=TERMS)

    assert share.state is ShareState.SCHEDULED
    assert share.way is Way.ACCOUNT
    assert share.text == "Tower 41 stands. 🎉\nAt last."
    assert share.due_at == share.next_at == at + timedelta(seconds=60)
    assert share.content_epoch == item.epoch
    assert share.consent_epoch == 1
    assert share.link_code is None
    assert len(share.confirmation) == 64


def test_pressed_twice_it_is_one_share(session, person, item):
    first = queue(session, person, item)
    again = queue(session, person, item)

    assert again.id == first.id
    assert share_rows(session) == 1


def test_other_words_on_the_same_day_are_not_taken_silently(session, person, item):
    first = queue(session, person, item, "Once.")

    with pytest.raises(AlreadyShared) as refused:
        queue(session, person, item, "Twice.")

    assert refused.value.share.id == first.id


def test_after_an_undo_the_item_can_be_shared_again(session, person, item):
    first = queue(session, person, item)
    undo(session, first, now())
    again = queue(session, person, item)

    assert again.id != first.id
    assert first.state is ShareState.CANCELLED
    assert first.reason == Reason.UNDONE


def test_another_day_is_another_share(session, person, item):
    tomorrow = (now() + timedelta(days=2)).strftime("%Y-%m-%dT12:00")
    first = queue(session, person, item)
    planned = queue(
        session, person, item, wall_time=tomorrow, time_zone="Europe/Amsterdam"
    )

    assert planned.id != first.id
    assert planned.target_day.isoformat() == tomorrow[:10]


def test_beyond_the_life_of_the_connection_can_be_planned_all_the_same(session, item):
    person = make_person(session)
    connect_account(session, person, expires_at=now() + timedelta(days=3))
    wall = (now() + timedelta(days=4)).strftime("%Y-%m-%dT12:00")
    share = queue(session, person, item, wall_time=wall)
    assert share.state is ShareState.SCHEDULED
    assert share.wall_time == wall


def test_the_link_is_everybodys_unless_clicks_may_be_counted_for_the_person(
    session, person
):
    item = make_item(session, ItemKind.LINK)
    common = queue(session, person, item)
    assert session.get_one(Link, common.link_code).person_id is None

    undo(session, common, now())
    give(session, person, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    own = queue(session, person, item)
    assert session.get_one(Link, own.link_code).person_id == person.id
    assert own.link_code != common.link_code


def test_what_has_left_cannot_be_undone(session, person, item, station):
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)

    with pytest.raises(TooLate):
        undo(session, share, now())

    assert state_of(session, share) is ShareState.PUBLISHED


def test_undone_in_the_hold_it_never_leaves(session, person, item, station, sandbox):
    share = queue(session, person, item)
    undo(session, share, now())
    share.next_at = now() - timedelta(hours=1)
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is ShareState.CANCELLED
    assert sandbox.creates == 0
