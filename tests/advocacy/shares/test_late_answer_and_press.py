"""A late "it is live" is stored in the moment in which its owner shares the item again."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest

from advocacy.outside import LINKEDIN
from advocacy.people.models import Person
from advocacy.shares.attempted import Attempted
from advocacy.shares.changes import send_again, the_same_again
from advocacy.shares.models import Share, ShareState
from advocacy.shares.outcomes import posted
from advocacy.shares.settling import settle_attempt
from advocacy.shares.storing import AlreadyShared
from content.items import Item
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.ends import URN
from tests.advocacy.shares.making import TERMS, attempt_of, put_into, queue

S = ShareState


def in_state(session, person, item, text, state):
    share = queue(session, person, item, text)
    put_into(session, share, state)
    return share.id


@pytest.fixture
def answered_late(place):
    """A share that counts as refused, though its answer, "it is live", is on its way."""
    person_id, item_id, _station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        share_id = in_state(session, person, item, "The first words.", S.FAILED)
        attempt = attempt_of(share_id, outcome=S.UNCERTAIN, closed_at=now())
        session.add(attempt)
        return Attempted(
            share_id=share_id,
            n=attempt.n,
            owner=attempt.worker,
            network=LINKEDIN,
            tries=0,
            connected_at=now(),
            is_probe=False,
        )


def store_while(press, attempted, station):
    """Let the press come as far as it can while the answer is stored; what it raises."""
    network = station.outside.networks[LINKEDIN]
    with ThreadPoolExecutor(1) as other:
        with transaction() as session:
            settle_attempt(session, attempted, posted(URN), network)
            session.flush()
            pressed = other.submit(press)
            wait([pressed], timeout=0.5)
            assert not pressed.done()
        return pressed.exception()


def test_sharing_the_item_again_is_refused_in_words_and_the_answer_kept(
    place, answered_late
):
    person_id, item_id, station = place

    def press():
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            queue(session, person, item, "Other words.")

    refused = store_while(press, answered_late, station)

    assert isinstance(refused, AlreadyShared)
    with transaction() as session:
        kept = session.get_one(Share, answered_late.share_id)
        assert (kept.state, kept.post_id) == (S.PUBLISHED, URN)


def test_sending_a_missed_one_again_is_refused_in_words_and_leaves_it_missed(
    place, answered_late
):
    person_id, item_id, station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        missed_id = in_state(session, person, item, "Other words.", S.MISSED)

    def press():
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            share = session.get_one(Share, missed_id)
            send_again(
                session, share, the_same_again(share, person, item, now()), TERMS
            )

    refused = store_while(press, answered_late, station)

    assert isinstance(refused, AlreadyShared)
    with transaction() as session:
        assert session.get_one(Share, missed_id).state is S.MISSED
        assert session.get_one(Share, answered_late.share_id).state is S.PUBLISHED
