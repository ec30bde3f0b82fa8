"""Presses at once, with each other or a withdrawal: one share, or a refusal in words."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.links.operations import freeze_links
from advocacy.people.models import Person
from advocacy.shares.cascades import cancel_for
from advocacy.shares.changes import reschedule, send_again, the_same_again
from advocacy.shares.checking import Asked
from advocacy.shares.models import Share, ShareState
from advocacy.shares.operations import copy_share
from advocacy.shares.reasons import Problem, WishRefused
from advocacy.shares.wishes import ShareWish
from content.items import Item, ItemKind
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.at_once import at_once
from tests.advocacy.shares.making import TERMS, make_item, queue

S = ShareState
THREADS = 50


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
            share = session.get_one(Share, share_id)
            asked = the_same_again(share, person, item, now())
            if press is reschedule:
                asked = Asked(person, item, ShareWish("Other words."), now())
            press(session, share, asked, TERMS)

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
