""" "It is there" taken back: the doubt as it was, unless the network has confirmed it."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta

import pytest
from sqlalchemy import inspect

from advocacy.errors import TooLate
from advocacy.outside import LINKEDIN
from advocacy.people.models import Person
from advocacy.shares.attempted import Attempted
from advocacy.shares.changes import add_address, answer_uncertain
from advocacy.shares.deleting import take_down
from advocacy.shares.models import Share, ShareState
from advocacy.shares.outcomes import doubt, not_sent, posted
from advocacy.shares.post_addresses import SITE
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from advocacy.shares.taking_back import answers_to_take_back, take_back
from content.items import Item
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import (
    attempt_of,
    attempts,
    put_into,
    queue_due,
    state_of,
    stored,
)
from tests.advocacy.shares.pages.pressing import POST

S = ShareState
DOUBTS = (
    Reason.NO_ANSWER,
    Reason.WORKER_LOST,
    Reason.STOPPED_TOO_LATE,
    Reason.CONSENT_TOO_LATE,
    Reason.RESTORED,
)
# What goes with any answer, and what every change of a row changes.
NOT_KEPT = {"body", "body_sha256", "changed_at"}


def in_doubt(session, share, reason=Reason.NO_ANSWER):
    put_into(session, share, S.UNCERTAIN)
    share.reason = reason
    share.stop_requested = share.take_off_again = reason == Reason.STOPPED_TOO_LATE
    session.add(attempt_of(share.id, outcome=S.UNCERTAIN.value))
    session.flush()


def row_of(session, share):
    stored(session, share)
    names = {column.key for column in inspect(Share).column_attrs} - NOT_KEPT
    return {name: getattr(share, name) for name in names}


@pytest.mark.parametrize("reason", DOUBTS)
def test_the_doubt_is_as_it_was(session, person, share, reason):
    in_doubt(session, share, reason)
    before = row_of(session, share)
    answer_uncertain(session, share, there=True, at=now())
    add_address(session, share, POST)
    assert answers_to_take_back(session, person.id) == {share.id}

    take_back(session, share, share.post_address)

    assert row_of(session, share) == before
    assert [one.outcome for one in attempts(session, share)] == [S.UNCERTAIN]
    assert answers_to_take_back(session, person.id) == frozenset()


def test_what_its_owner_saw_was_posted_when_it_was_tried(session, share):
    in_doubt(session, share)
    [tried] = attempts(session, share)
    tried.armed_at = now() - timedelta(hours=5)
    session.flush()
    answer_uncertain(session, share, there=True, at=now())
    assert stored(session, share).posted_at == tried.armed_at


def test_both_answers_can_be_given_again(session, share):
    in_doubt(session, share)
    for _ in range(2):
        answer_uncertain(session, share, there=True, at=now())
        take_back(session, share, None)
    answer_uncertain(session, share, there=False, at=now())
    assert (state_of(session, share), share.reason) == (S.CANCELLED, Reason.NOT_THERE)


@pytest.mark.parametrize("state", sorted(S))
def test_where_nobody_said_so_there_is_nothing_to_take_back(session, share, state):
    put_into(session, share, state)
    with pytest.raises(TooLate):
        take_back(session, share, None)
    assert state_of(session, share) is state


@pytest.mark.parametrize("known", [posted("urn:li:share:1"), posted(None)])
def test_what_the_network_confirmed_meanwhile_stays(session, settled, share, known):
    assert settled(doubt("504"))[0] is S.UNCERTAIN
    answer_uncertain(session, share, there=True, at=now())
    state, _reason = settled(known)
    with pytest.raises(TooLate):
        take_back(session, share, None)
    assert state_of(session, share) is state


def test_a_late_answer_still_ends_the_doubt_afterwards(session, settled, share):
    settled(doubt("504"))
    answer_uncertain(session, share, there=True, at=now())
    take_back(session, share, None)
    assert settled(posted("urn:li:share:1"))[0] is S.PUBLISHED


def test_a_late_no_does_not_send_what_was_answered_and_taken_back(
    session, settled, share
):
    settled(doubt("504"))
    answer_uncertain(session, share, there=True, at=now())
    settled(not_sent())
    take_back(session, share, None)
    assert state_of(session, share) is S.UNCERTAIN


def test_nothing_of_it_is_sent_by_itself(session, share, station, sandbox):
    sandbox.set_fault("drop_after_commit")
    publish_share(share.id, station)
    assert state_of(session, share) is S.UNCERTAIN
    answer_uncertain(session, share, there=True, at=now())
    take_back(session, share, None)
    session.commit()
    for _ in range(2):
        publish_share(share.id, station)
    assert state_of(session, share) is S.UNCERTAIN
    assert (sandbox.creates, len(sandbox.posts())) == (1, 1)


def test_taken_back_while_the_network_confirms_it_the_answer_stays(place):
    """Its attempt is all that says so: the share itself is as its owner left it."""
    person_id, item_id, station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        share = queue_due(session, person, item)
        in_doubt(session, share)
        answer_uncertain(session, share, there=True, at=now())
        share_id, worker = share.id, attempts(session, share)[0].worker
    answered = Attempted(share_id, 1, worker, LINKEDIN, 0, now())

    def press():
        with transaction() as session:
            take_back(session, session.get_one(Share, share_id), None)

    with ThreadPoolExecutor(1) as other:
        with transaction() as session:
            network = station.outside.networks[LINKEDIN]
            settle_attempt(session, answered, posted(None), network)
            pressed = other.submit(press)
            wait([pressed], timeout=0.5)  # it has come as far as it can
        with pytest.raises(TooLate):
            pressed.result()


@pytest.fixture
def told(session, share, station, sandbox):
    """It arrived, the answer did not, and its owner said where it is."""
    sandbox.set_fault("drop_after_commit")
    publish_share(share.id, station)
    sandbox.set_fault("behave", 0)
    (post,) = sandbox.posts()
    answer_uncertain(session, share, there=True, at=now())
    add_address(session, share, f"{SITE}/feed/update/{post['urn']}/")
    session.commit()
    return share


def test_an_address_that_was_not_on_the_page_is_not_dropped(session, told):
    where = told.post_address
    for shown in (None, f"{where}1"):
        with pytest.raises(TooLate):
            take_back(session, told, shown)
    assert stored(session, told).post_address == where
    take_back(session, told, where)
    assert state_of(session, told) is S.UNCERTAIN


@pytest.fixture
def during_the_call(station, monkeypatch):
    """Let something happen while the network deletes."""
    network = station.outside.networks[LINKEDIN]
    delete = network.delete

    def let(happen):
        def deleting(access, post_id):
            delete(access, post_id)
            happen()

        monkeypatch.setattr(network, "delete", deleting)

    return let


def test_taken_back_while_it_is_deleted_it_is_deleted(
    session, told, station, sandbox, during_the_call
):
    def taken_back():
        take_back(session, told, told.post_address)
        session.commit()

    during_the_call(taken_back)
    take_down(told.id, station.outside)
    assert all(post["deleted"] for post in sandbox.posts())
    assert (state_of(session, told), told.reason) == (S.REMOVED, "")


@pytest.mark.parametrize("state", [S.SCHEDULED, S.CANCELLED, S.UNCERTAIN])
def test_what_became_of_it_after_that_is_not_called_deleted(
    session, told, station, during_the_call, state
):
    def moved_on():
        take_back(session, told, told.post_address)
        put_into(session, told, state)
        if state is S.UNCERTAIN:  # sent again, and in doubt anew
            session.add(attempt_of(told.id, 2, outcome=S.UNCERTAIN.value))
        session.commit()

    during_the_call(moved_on)
    with pytest.raises(TooLate):
        take_down(told.id, station.outside)
    assert state_of(session, told) is state
