"""Many at once: one share, one post."""

from dataclasses import replace

from sqlalchemy import func, select

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.people.models import Person
from advocacy.shares.cascades import cancel_for
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.sweeper import due_shares
from content.items import Item
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.at_once import at_once
from tests.advocacy.shares.making import (
    make_item,
    queue_due,
)

S = ShareState
THREADS = 50


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
