"""Many at once: one share, one post."""

from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from threading import Barrier

import pytest
from sqlalchemy import func, select

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.links.operations import freeze_links
from advocacy.people.models import Person
from advocacy.shares.cascades import cancel_for
from advocacy.shares.changes import reschedule, send_again
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.operations import copy_share
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.storing import AlreadyShared
from advocacy.shares.sweeper import due_shares
from advocacy.shares.wishes import ShareWish
from content.items import Item, ItemKind
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import (
    TERMS,
    connect_account,
    make_item,
    make_person,
    queue,
    queue_due,
)

S = ShareState
THREADS = 50


@pytest.fixture
def place(committed_station, sandbox):
    """A person, an item and a station in a database that is really committed to."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        item = make_item(session)
        session.flush()
        ids = person.id, item.id
    return *ids, committed_station


def at_once(number, act):
    """Let `act(0)` … run at the same moment; what each gave or raised."""
    start = Barrier(number)

    def one(index):
        start.wait()
        try:
            return act(index)
        except AlreadyShared as refused:
            return refused

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))


def test_fifty_threads_with_one_share_make_one_post(place, sandbox):
    person_id, item_id, station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        share_id = queue_due(session, person, item).id

    at_once(
        THREADS,
        lambda index: publish_share(
            share_id, replace(station, worker=f"worker-{index}")
        ),
    )

    assert sandbox.creates == 1
    assert len(sandbox.posts()) == 1
    with transaction() as session:
        share = session.get_one(Share, share_id)
        assert share.state is S.PUBLISHED
        assert session.scalar(select(func.count()).select_from(PublishAttempt)) == 1


def test_a_share_that_somebody_else_holds_is_left_and_not_waited_for(place, sandbox):
    person_id, item_id, station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        share_id = queue_due(session, person, item).id

    with transaction() as holder:
        holder.get_one(Share, share_id, with_for_update=True)
        # Waiting for the row would end in an error after the lock's time-out.
        publish_share(share_id, station)

    assert sandbox.creates == 0
    publish_share(share_id, station)
    assert len(sandbox.posts()) == 1


def test_fifty_presses_at_once_store_one_share(place):
    person_id, item_id, _station = place

    def press(_index):
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            return queue(session, person, item, "Pressed in a hurry.").id

    assert len(set(at_once(THREADS, press))) == 1


def test_a_press_during_a_withdrawal_waits_and_is_refused(place):
    """Else it would be stored after the withdrawal had cancelled everything."""
    person_id, item_id, _station = place

    def press():
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            return queue(session, person, item).id

    with ThreadPoolExecutor(1) as other:
        with transaction() as session:
            person = session.get_one(Person, person_id)
            purpose, cascade = Purpose.POST_FOR_ME, [cancel_for]
            withdraw(session, person, purpose, "en", "a test", now(), cascade)
            pressed = other.submit(press)
            wait([pressed], timeout=0.5)  # it has come as far as it can
        with pytest.raises(WishRefused) as refused:
            pressed.result()

    assert refused.value.problems == {"account": Problem.CONSENT_OFF}


@pytest.mark.parametrize("press", ["queue", "copy"])
def test_a_press_while_counting_is_withdrawn_leaves_no_link_of_the_persons(
    place, press
):
    """Neither may a link be made after the withdrawal had frozen them all."""
    person_id, _item_id, _station = place
    purpose = Purpose.COUNT_MY_CLICKS
    with transaction() as session:
        item_id = make_item(session, ItemKind.LINK).id
        person = session.get_one(Person, person_id)
        give(session, person, purpose, "en", "a test", now())

    def share():
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            if press == "queue":
                return queue(session, person, item).link_code
            return copy_share(
                session, person, item, ShareWish("Mine."), now()
            ).link_code

    with ThreadPoolExecutor(1) as other:
        with transaction() as session:
            person = session.get_one(Person, person_id)
            withdraw(session, person, purpose, "en", "a test", now(), [freeze_links])
            shared = other.submit(share)
            wait([shared], timeout=0.5)  # it has come as far as it can
        code = shared.result()

    with transaction() as session:
        assert session.get_one(Link, code).person_id is None


def test_two_windows_with_different_words_store_one_and_tell_the_other(place):
    person_id, item_id, _station = place

    def press(index):
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            return queue(session, person, item, f"Words {index}.").id

    found = at_once(2, press)

    assert sorted(type(one).__name__ for one in found) == ["AlreadyShared", "int"]


@pytest.mark.parametrize("press", [reschedule, send_again])
def test_a_second_press_during_a_withdrawal_waits_and_is_refused(place, press):
    """Both take the answer first and the share then: neither waits for the other."""
    person_id, item_id, _station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        share = queue(session, person, item)
        share.state = S.MISSED
        share_id = share.id

    def confirm_again():
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            wish = [ShareWish("Other words.")] if press is reschedule else []
            share = session.get_one(Share, share_id)
            press(session, share, person, item, *wish, now(), terms=TERMS)

    pressed = []

    def meanwhile(*_step):
        pressed.append(other.submit(confirm_again))
        wait(pressed, timeout=0.5)  # it has come as far as it can

    with ThreadPoolExecutor(1) as other:
        with transaction() as session:
            person = session.get_one(Person, person_id)
            purpose, cascade = Purpose.POST_FOR_ME, [meanwhile, cancel_for]
            withdraw(session, person, purpose, "en", "a test", now(), cascade)
        with pytest.raises(TooLate):
            pressed[0].result()


def test_two_clocks_tell_each_share_once(place):
    person_id, _item_id, _station = place
    with transaction() as session:
        person = session.get(Person, person_id)
        due = [queue_due(session, person, make_item(session)).id for _ in range(30)]

    def tell(_index):
        with transaction() as session:
            return due_shares(session)

    told = [share_id for found in at_once(4, tell) for share_id in found]

    assert sorted(told) == sorted(due)


def test_withdrawing_and_arming_at_once_never_sends_what_was_cancelled(place, sandbox):
    """Whoever commits first wins; the loser sees it."""
    person_id, _item_id, station = place
    for round_ in range(15):
        with transaction() as session:
            person = session.get_one(Person, person_id)
            give(session, person, Purpose.POST_FOR_ME, "en", "a test", now())
            share_id = queue_due(
                session, person, make_item(session), f"Round {round_}."
            ).id

        def act(index, share_id=share_id):
            if index == 0:
                publish_share(share_id, station)
                return
            with transaction() as session:
                person = session.get_one(Person, person_id)
                withdraw(
                    session,
                    person,
                    Purpose.POST_FOR_ME,
                    "en",
                    "a test",
                    now(),
                    [cancel_for],
                )

        at_once(2, act)

        posted = [
            post for post in sandbox.posts() if post["text"] == f"Round {round_}."
        ]
        with transaction() as session:
            share = session.get_one(Share, share_id)
            if share.state is S.CANCELLED:
                assert posted == []
                assert share.reason == Reason.CONSENT
            else:
                assert share.state is S.PUBLISHED
                assert len(posted) == 1
