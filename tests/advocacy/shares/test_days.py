"""A post that waited beyond midnight counts for the day on which it leaves."""

from concurrent.futures import ThreadPoolExecutor, wait
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from advocacy.people.models import Person
from advocacy.shares.claiming import claim_share, claim_shares
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.storing import AlreadyShared
from content.items import Item
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import queue, queue_due, stored

S = ShareState
DAY = timedelta(days=1)


def today(share):
    return now().astimezone(ZoneInfo(share.time_zone)).date()


def yesterdays(session, person, item, text="Said yesterday.", **wish):
    """Due just now, and planned for the day before, as its owner's clock has it."""
    share = queue_due(session, person, item, text, **wish)
    share.target_day = today(share) - DAY
    session.flush()
    return share


@pytest.mark.parametrize("zone", ["Europe/Amsterdam", "Pacific/Kiritimati"])
def test_it_counts_for_the_day_its_owners_clock_shows_when_it_leaves(
    session, person, item, station, sandbox, zone
):
    share = yesterdays(session, person, item, time_zone=zone)

    publish_share(share.id, station)

    assert stored(session, share).state is S.PUBLISHED
    assert share.target_day == today(share)
    with pytest.raises(AlreadyShared):
        queue(session, person, item, "Other words.", time_zone=zone)


def test_where_the_next_day_has_its_post_it_waits_for_its_owner(
    session, person, item, station, sandbox
):
    late = yesterdays(session, person, item)
    planned = queue(session, person, item, "Planned for today.")

    assert claim_share(session, late.id, station) is None

    assert stored(session, late).state is S.MISSED
    assert late.reason == Reason.DAY_TAKEN
    assert late.target_day == today(late) - DAY
    assert stored(session, planned).state is S.SCHEDULED
    assert sandbox.creates == 0


def test_the_second_of_a_day_that_was_asked_for_may_leave_after_the_first(
    session, person, item, station
):
    first = yesterdays(session, person, item)
    second = queue_due(session, person, item, "Once more.", beside=1)
    second.target_day, second.extra = first.target_day, 1
    session.flush()

    claims = claim_shares(session, [first.id, second.id], station)

    assert len(claims) == 2


def test_one_that_is_shared_while_it_is_taken_in_hand_is_refused_in_words(place):
    """Two connections: neither breaks off because of the other."""
    person_id, item_id, station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        share_id = yesterdays(session, person, item).id

    def press():
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            queue(session, person, item, "Other words.")

    with ThreadPoolExecutor(1) as other:
        with transaction() as session:
            assert claim_share(session, share_id, station)
            session.flush()
            pressed = other.submit(press)
            wait([pressed], timeout=0.5)
            assert not pressed.done()
        assert isinstance(pressed.exception(), AlreadyShared)


def test_taken_in_hand_while_another_is_shared_it_waits_for_its_owner(place):
    person_id, item_id, station = place
    with transaction() as session:
        person, item = session.get(Person, person_id), session.get(Item, item_id)
        share_id = yesterdays(session, person, item).id

    def take():
        with transaction() as session:
            return claim_share(session, share_id, station)

    with ThreadPoolExecutor(1) as other:
        with transaction() as session:
            person, item = session.get(Person, person_id), session.get(Item, item_id)
            queue(session, person, item, "Other words.")
            taken = other.submit(take)
            wait([taken], timeout=0.5)
            assert not taken.done()
        assert taken.result() is None

    with transaction() as session:
        kept = session.get_one(Share, share_id)
        assert (kept.state, kept.reason) == (S.MISSED, Reason.DAY_TAKEN)
