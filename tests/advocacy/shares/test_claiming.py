"""What is looked at before a share is taken in hand, and where it goes instead."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from advocacy.accounts.queries import account_of
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import CallBudget
from advocacy.shares.sweeper import sweep
from content.items import ItemKind, ItemState
from integrations.clock import now
from tests.advocacy.shares.making import (
    add_media,
    consent_of,
    make_item,
    queue_due,
    state_of,
)

S = ShareState


def withdrawn(session, share, person, item):
    consent_of(session, person).is_on = False


def given_anew(session, share, person, item):
    consent_of(session, person).epoch += 1


def gone(session, share, person, item):
    person.left_on = now().date()


def item_withdrawn(session, share, person, item):
    item.state = ItemState.WITHDRAWN


def item_expired(session, share, person, item):
    item.expires_at = now() - timedelta(seconds=1)


def item_changed(session, share, person, item):
    item.epoch += 1


def text_changed(session, share, person, item):
    share.text += "!"


def too_late(session, share, person, item):
    share.due_at = now() - timedelta(hours=6, minutes=1)


def no_account(session, share, person, item):
    session.delete(account_of(session, person.id, "linkedin"))


def account_refused(session, share, person, item):
    account_of(session, person.id, "linkedin").refused_at = now()


def token_ending(session, share, person, item):
    account_of(session, person.id, "linkedin").expires_at = now() + timedelta(minutes=9)


def key_gone(session, share, person, item):
    account_of(session, person.id, "linkedin").token_key_id = "k0"


def crashed_again_and_again(session, share, person, item):
    share.crash_count = 5


@pytest.mark.parametrize(
    ("obstacle", "state", "reason"),
    [
        (withdrawn, S.CANCELLED, Reason.CONSENT),
        (given_anew, S.CANCELLED, Reason.CONSENT),
        (gone, S.CANCELLED, Reason.LEFT),
        (item_withdrawn, S.CANCELLED, Reason.ITEM_WITHDRAWN),
        (item_expired, S.CANCELLED, Reason.ITEM_EXPIRED),
        (item_changed, S.CANCELLED, Reason.ITEM_CHANGED),
        (text_changed, S.CANCELLED, Reason.UNCONFIRMED),
        (too_late, S.MISSED, Reason.LATE),
        (no_account, S.NEEDS_RECONNECT, Reason.NO_ACCOUNT),
        (account_refused, S.NEEDS_RECONNECT, Reason.ACCESS_REFUSED),
        (token_ending, S.NEEDS_RECONNECT, Reason.ACCESS_ENDING),
        (key_gone, S.NEEDS_RECONNECT, Reason.ACCESS_REFUSED),
        (crashed_again_and_again, S.FAILED, Reason.POISON),
    ],
)
def test_a_share_with_an_obstacle_goes_where_that_belongs(
    session, person, item, station, sandbox, obstacle, state, reason
):
    share = queue_due(session, person, item)
    obstacle(session, share, person, item)
    session.commit()

    publish_share(share.id, station)

    assert (state_of(session, share), share.reason) == (state, reason)
    assert sandbox.creates == 0


def test_a_picture_that_was_swapped_voids_the_confirmation(session, person, station):
    item = make_item(session, ItemKind.PICTURES)
    media = add_media(session, item, station.outside.files, b"a picture", ".jpg")
    share = queue_due(session, person, item)
    media.alt = "Something else"
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is S.CANCELLED
    assert share.reason == Reason.UNCONFIRMED


@pytest.fixture
def parked(session, person, item, sandbox, station):
    """The network said fourteen hours ago that the day was used up; now is the next."""
    share = queue_due(session, person, item)
    session.commit()
    sandbox.set_fault("day_limit")
    publish_share(share.id, station)
    session.refresh(share)
    assert (share.reason, share.agreed_at) == (Reason.RATE_LIMIT, share.next_at)
    share.due_at -= timedelta(hours=14)
    share.agreed_at = share.next_at = now()
    session.execute(delete(CallBudget))
    session.commit()
    return share


def test_who_waited_for_the_networks_next_day_is_not_late(session, station, parked):
    publish_share(parked.id, station)

    assert state_of(session, parked) is S.PUBLISHED


def test_nor_is_it_late_when_its_first_try_of_that_day_fails(
    session, station, parked, sandbox
):
    sandbox.set_fault("busy")

    publish_share(parked.id, station)
    sweep(session)
    session.commit()
    assert (state_of(session, parked), parked.reason) == (S.SCHEDULED, Reason.BUSY)

    parked.agreed_at -= timedelta(hours=6, minutes=1)
    sweep(session)
    assert state_of(session, parked) is S.MISSED


def test_a_share_of_another_claim_is_left_alone(session, person, item, station):
    share = queue_due(session, person, item)
    share.state = S.PREPARING
    session.commit()

    publish_share(share.id, station)

    assert state_of(session, share) is S.PREPARING
