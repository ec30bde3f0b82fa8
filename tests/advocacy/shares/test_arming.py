"""After a withdrawal has committed nothing new is armed, at whichever step it comes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_token, disconnect
from advocacy.accounts.queries import account_of
from advocacy.consent.models import Consent, Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.people.models import Person
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.cascades import cancel_for, cancel_for_item
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import Share, ShareState
from advocacy.shares.operations import undo
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import StopCause
from content.items import Item, ItemState
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.interrupting import STEPS, interrupted
from tests.advocacy.shares.making import VAULT, attempts, queue_due, state_of

S = ShareState


def withdraw_consent(session, share):
    person = session.get_one(Person, share.person_id)
    cascade = [cancel_for]
    withdraw(session, person, Purpose.POST_FOR_ME, "en", "a test", now(), cascade)


def withdraw_consent_without_a_cascade(session, share):
    person = session.get_one(Person, share.person_id)
    withdraw(session, person, Purpose.POST_FOR_ME, "en", "a test", now(), [])


def change_ones_mind_twice(session, share):
    """It is on again, but what was confirmed under the old answer is not."""
    withdraw_consent_without_a_cascade(session, share)
    person = session.get_one(Person, share.person_id)
    give(session, person, Purpose.POST_FOR_ME, "en", "a test", now())


def switch_off_by_hand(session, share):
    """No new epoch: whoever repairs a row by hand does not have to know of it."""
    key = (share.person_id, Purpose.POST_FOR_ME)
    session.get_one(Consent, key, populate_existing=True).is_on = False


def withdraw_item(session, share):
    item = session.get_one(Item, share.item_id)
    item.state = ItemState.WITHDRAWN
    item.epoch += 1
    cancel_for_item(session, item.id, Reason.ITEM_WITHDRAWN, now())


def withdraw_item_by_hand(session, share):
    """Neither an epoch nor a cascade: the item's own state is enough."""
    session.get_one(Item, share.item_id).state = ItemState.WITHDRAWN


def change_item(session, share):
    session.get_one(Item, share.item_id).epoch += 1


def expire_item(session, share):
    session.get_one(Item, share.item_id).expires_at = now() - timedelta(seconds=1)


def press_undo(session, share):
    undo(session, share, now())


def leave_the_company(session, share):
    """No cascade: whoever notes it need not know what is on its way."""
    session.get_one(Person, share.person_id).left_on = now().date()


def let_go_of_account(session, share):
    disconnect(session, share.person_id, "linkedin")


def have_the_token_refused(session, share):
    account_of(session, share.person_id, "linkedin").refused_at = now()


EVENTS = {
    withdraw_consent: Reason.CONSENT,
    withdraw_consent_without_a_cascade: Reason.CONSENT,
    change_ones_mind_twice: Reason.CONSENT,
    switch_off_by_hand: Reason.CONSENT,
    withdraw_item: Reason.ITEM_WITHDRAWN,
    withdraw_item_by_hand: Reason.ITEM_WITHDRAWN,
    change_item: Reason.ITEM_CHANGED,
    expire_item: Reason.ITEM_EXPIRED,
    press_undo: Reason.UNDONE,
    leave_the_company: Reason.LEFT,
}
WITHOUT_ACCESS = {
    let_go_of_account: Reason.NO_ACCOUNT,
    have_the_token_refused: Reason.ACCESS_REFUSED,
}


def doing(event, share):
    def happen():
        with transaction() as session:
            event(session, session.get_one(Share, share.id))

    return happen


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("event", EVENTS)
def test_what_is_stopped_before_arming_is_never_armed(
    session, share, station, sandbox, event, step
):
    publish_share(share.id, interrupted(station, step, doing(event, share)))
    publish_share(share.id, station)  # the next hint finds out why

    assert sandbox.creates == 0
    assert attempts(session, share) == []
    assert state_of(session, share) is S.CANCELLED
    assert share.reason == EVENTS[event]
    assert share.lease_owner is None


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("event", WITHOUT_ACCESS)
def test_an_account_that_is_gone_before_arming_posts_nothing(
    session, share, station, sandbox, event, step
):
    """The token is in the worker's hands already: what counts is the row."""
    publish_share(share.id, interrupted(station, step, doing(event, share)))
    publish_share(share.id, station)

    assert sandbox.creates == 0
    assert attempts(session, share) == []
    assert state_of(session, share) is S.NEEDS_RECONNECT
    assert share.reason == WITHOUT_ACCESS[event]


@pytest.fixture
def reconnect_as(session, person, sandbox):
    """Connect a member's account in the place of the one that is connected."""

    def reconnect(name):
        access = sandbox.access_for(name)

        def event(session, share):
            account = account_of(session, share.person_id, "linkedin")
            about = about_token(share.person_id, "linkedin")
            account.token_locked = VAULT.lock(access.token, about).data
            account.member_id, account.connected_at = access.member_id, now()

        return event

    return reconnect


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("same_member", [True, False])
def test_a_token_that_was_replaced_before_arming_is_not_used(
    session, share, person, station, sandbox, reconnect_as, same_member, step
):
    name = f"{person.name} {person.id}" if same_member else "Somebody Else"
    event = doing(reconnect_as(name), share)

    publish_share(share.id, interrupted(station, step, event))

    assert sandbox.creates == 0
    assert attempts(session, share) == []
    assert state_of(session, share) is S.SCHEDULED
    publish_share(share.id, station)
    if not same_member:
        assert state_of(session, share) is S.NEEDS_RECONNECT
        assert share.reason == Reason.OTHER_MEMBER
        assert sandbox.posts() == []
        return
    [post] = sandbox.posts()
    account = session.scalar(select(Account).where(Account.person_id == person.id))
    assert post["author"] == f"urn:li:person:{account.member_id}"


def test_what_is_stopped_after_arming_goes_out_and_that_is_said(
    session, share, station, sandbox
):
    event = doing(withdraw_consent, share)

    publish_share(share.id, interrupted(station, "after arm", event))

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == Reason.CONSENT_TOO_LATE
    assert len(sandbox.posts()) == 1


def test_a_stop_after_the_claim_is_in_time(session, person, item, station, sandbox):
    share = queue_due(session, person, item)
    session.commit()
    with transaction() as inner:
        claim = claim_share(inner, share.id, station)
    with transaction() as inner:
        assert freeze_body(inner, claim, b"{}")
        stop_publishing(inner, StopCause.BY_HAND)

    with transaction() as inner:
        assert arm(inner, claim, b"{}") is None
