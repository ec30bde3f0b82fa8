"""An answer is worth gold: late, twice, or with the database away, it is not lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text

from advocacy.accounts.queries import account_of
from advocacy.shares import publishing
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.budget import used_by_app
from advocacy.shares.changes import answer_uncertain
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.outcomes import not_sent
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from advocacy.shares.sweeper import sweep
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    attempts,
    connect_account,
    make_item,
    make_person,
    put_into,
    queue,
    queue_due,
    state_of,
)

S = ShareState


def swept_away(share):
    """The sweeper comes while the worker is still at it."""

    def happen():
        with transaction() as session:
            row = session.get_one(Share, share.id)
            row.lease_until = now() - timedelta(seconds=1)
            session.flush()
            assert sweep(session).uncertain == 1

    return happen


def test_an_answer_after_the_lease_still_ends_the_doubt(session, share, station):
    publish_share(share.id, interrupted(station, "after answer", swept_away(share)))

    assert state_of(session, share) is S.PUBLISHED
    assert share.post_id is not None
    assert [attempt.outcome for attempt in attempts(session, share)] == ["published"]


def answered(share, **answer):
    """The sweeper comes, and its owner is quicker than the network."""

    def happen():
        swept_away(share)()
        with transaction() as session:
            row = session.get_one(Share, share.id)
            answer_uncertain(session, row, at=now(), **answer)

    return happen


@pytest.mark.parametrize("there", [True, False])
def test_an_answer_after_its_owners_says_where_the_post_is(
    session, share, station, sandbox, there
):
    """ "It is not there" was true when they looked, or they looked badly."""
    meanwhile = answered(share, there=there)

    publish_share(share.id, interrupted(station, "after answer", meanwhile))

    assert state_of(session, share) is S.PUBLISHED
    assert share.reason == ""
    assert share.post_id == sandbox.posts()[0]["urn"]
    assert share.post_address.endswith(f"/{share.post_id}/")
    assert [attempt.outcome for attempt in attempts(session, share)] == ["published"]


def test_a_late_refusal_does_not_contradict_its_owner(session, share, station, sandbox):
    sandbox.set_fault("busy")
    meanwhile = answered(share, there=True)

    publish_share(share.id, interrupted(station, "after arm", meanwhile))

    assert state_of(session, share) is S.PUBLISHED_UNVERIFIED
    assert share.reason == Reason.SAID_SO


def test_a_late_answer_is_kept_when_the_item_was_shared_anew_meanwhile(
    session, share, person, item, station, sandbox
):
    """There cannot be two of one day on the list as posted."""

    def not_there_and_once_more():
        answered(share, there=False)()
        with transaction() as other:
            queue(other, person, item, "Then in other words.")

    publish_share(
        share.id, interrupted(station, "after answer", not_there_and_once_more)
    )

    assert state_of(session, share) is S.CANCELLED
    assert share.post_id == sandbox.posts()[0]["urn"]
    assert [attempt.outcome for attempt in attempts(session, share)] == ["published"]


@pytest.mark.parametrize("state", [S.NEEDS_RECONNECT, S.MISSED, S.CANCELLED, S.FAILED])
def test_a_late_answer_ends_what_a_second_sending_came_to(
    session, share, station, state
):
    def second_sending():
        swept_away(share)()
        with transaction() as other:
            put_into(other, other.get_one(Share, share.id), state)

    publish_share(share.id, interrupted(station, "after answer", second_sending))

    assert state_of(session, share) is S.PUBLISHED


def test_an_older_attempt_does_not_end_the_doubt_that_a_copy_left(
    session, share, station, monkeypatch
):
    """What is in doubt is a later attempt, of which the copy knows nothing."""

    def asleep_while_a_copy_comes_back():
        swept_away(share)()
        with transaction() as other:
            other.get_one(Share, share.id).reason = Reason.RESTORED
        return float("inf")

    monkeypatch.setattr(publishing, "monotonic", asleep_while_a_copy_comes_back)
    publish_share(share.id, station)

    assert state_of(session, share) is S.UNCERTAIN
    assert share.reason == Reason.RESTORED


def test_a_late_refusal_does_not_end_the_doubt(session, share, station, sandbox):
    sandbox.set_fault("busy")

    publish_share(share.id, interrupted(station, "after arm", swept_away(share)))

    assert state_of(session, share) is S.UNCERTAIN
    assert sandbox.posts() == []


def attempted_again(share):
    """The doubt was answered with "send it again", and that is on the wire now."""

    def happen():
        swept_away(share)()
        with transaction() as other:
            row = other.get_one(Share, share.id)
            row.state = S.SENDING
            row.lease_owner = "another-worker/1"
            row.lease_until = now() + timedelta(seconds=100)
            attempt = PublishAttempt(
                share_id=row.id,
                n=2,
                armed_at=now(),
                worker="another-worker/1",
                body_sha256="",
                consent_epoch=1,
                content_epoch=1,
            )
            other.add(attempt)

    return happen


@pytest.mark.parametrize("fault", ["busy", "too_large", "expired_token", "day_limit"])
def test_a_late_refusal_of_the_first_attempt_says_nothing_about_the_second(
    session, share, station, sandbox, fault
):
    sandbox.set_fault(fault)

    publish_share(share.id, interrupted(station, "after arm", attempted_again(share)))

    assert state_of(session, share) is S.SENDING
    assert share.lease_owner == "another-worker/1"
    assert [one.outcome for one in attempts(session, share)] == ["uncertain", None]


def test_a_late_answer_of_the_first_attempt_leaves_the_second_to_find_out(
    session, share, station, sandbox
):
    publish_share(
        share.id, interrupted(station, "after answer", attempted_again(share))
    )

    assert state_of(session, share) is S.SENDING
    assert [one.outcome for one in attempts(session, share)] == ["published", None]


@pytest.mark.parametrize(
    ("meanwhile", "state", "outcomes"),
    [
        ("swept", S.SCHEDULED, ["not_sent"]),
        ("again", S.SENDING, ["not_sent", None]),
    ],
)
def test_a_worker_that_woke_up_too_late_speaks_of_its_own_attempt_only(
    session, share, station, sandbox, monkeypatch, meanwhile, state, outcomes
):
    """The freeze: armed, asleep past its lease, awake again."""
    event = {"swept": swept_away, "again": attempted_again}[meanwhile](share)

    def asleep():
        event()
        return float("inf")

    monkeypatch.setattr(publishing, "monotonic", asleep)
    publish_share(share.id, station)

    assert state_of(session, share) is state
    assert [one.outcome for one in attempts(session, share)] == outcomes
    assert sandbox.creates == 0


@pytest.mark.parametrize("state", [S.SCHEDULED, S.PREPARING, S.READY])
def test_a_late_answer_stops_a_second_sending_before_it_begins(
    session, share, station, sandbox, state
):
    def on_its_way_again():
        swept_away(share)()
        with transaction() as other:
            row = other.get_one(Share, share.id)
            put_into(other, row, state)
            row.lease_owner = "another-worker/1"

    publish_share(share.id, interrupted(station, "after answer", on_its_way_again))

    assert state_of(session, share) is S.PUBLISHED
    assert share.lease_owner is None


def test_a_connection_made_while_the_old_token_was_refused_gets_its_own_try(
    session, share, person, station, sandbox
):
    def connect_anew():
        with transaction() as other:
            account_of(other, person.id, "linkedin").connected_at = now()

    sandbox.set_fault("expired_token")
    publish_share(share.id, interrupted(station, "after arm", connect_anew))

    assert state_of(session, share) is S.SCHEDULED
    publish_share(share.id, station)
    assert state_of(session, share) is S.PUBLISHED
    assert account_of(session, person.id, "linkedin").refused_at is None


def test_an_answer_for_somebody_who_was_erased_meanwhile_is_let_go(
    session, share, station
):
    share_id = share.id

    def erase():
        with transaction() as other:
            other.delete(other.get_one(Share, share_id))

    publish_share(share_id, interrupted(station, "after answer", erase))

    session.expunge_all()
    assert session.get(Share, share_id) is None


def test_a_post_that_another_share_has_already_is_not_taken_over(
    session, share, person, station, sandbox
):
    first = queue_due(session, person, make_item(session), "The same.")
    session.commit()
    publish_share(first.id, station)
    session.refresh(first)

    def take_its_id():
        with transaction() as other:
            [post] = [p for p in sandbox.posts() if p["urn"] != first.post_id]
            other.get_one(Share, first.id).post_id = post["urn"]

    publish_share(share.id, interrupted(station, "after answer", take_its_id))

    assert state_of(session, share) is S.PUBLISHED_UNVERIFIED
    assert share.reason == Reason.NO_ID


def test_a_bug_while_sending_leaves_a_doubt_and_is_not_hidden(
    session, share, station, sandbox
):
    class Bug(Exception):
        pass

    def stumble():
        raise Bug

    with pytest.raises(Bug):
        publish_share(share.id, interrupted(station, "after answer", stumble))

    assert state_of(session, share) is S.UNCERTAIN
    assert len(sandbox.posts()) == 1


@pytest.fixture
def elsewhere(committed_station, sandbox):
    """A database of its own, with one due share in it."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        share = queue_due(session, person, make_item(session))
        session.flush()
        session.expunge(share)
    return share, committed_station


def test_an_answer_is_kept_while_the_database_refuses(elsewhere, sandbox, database_url):
    share, station = elsewhere
    engine = create_engine(database_url)
    locked, finished = Event(), Event()

    def hold_the_table():
        with engine.begin() as connection:
            connection.execute(text("LOCK TABLE share IN ACCESS EXCLUSIVE MODE"))
            locked.set()
            finished.wait(4.5)  # longer than lock_timeout: the first try fails

    holder = Thread(target=hold_the_table)

    def take_the_database_away():
        holder.start()
        assert locked.wait(5)

    publish_share(
        share.id, interrupted(station, "after answer", take_the_database_away)
    )

    finished.set()
    holder.join()
    engine.dispose()
    with transaction() as session:
        stored = session.get_one(Share, share.id)
        assert stored.state is S.PUBLISHED
        assert stored.post_id == sandbox.posts()[0]["urn"]


def test_connections_that_are_cut_do_not_lose_the_answer(
    elsewhere, sandbox, database_url
):
    share, station = elsewhere
    engine = create_engine(database_url)

    def cut():
        with engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )

    publish_share(share.id, interrupted(station, "after answer", cut))

    engine.dispose()
    with transaction() as session:
        assert session.get_one(Share, share.id).state is S.PUBLISHED


def test_two_workers_that_store_one_outcome_give_its_call_back_once(elsewhere):
    """A folder of kept outcomes may be one that several machines see."""
    share, station = elsewhere
    network, waits = station.outside.networks["linkedin"], Event()
    with transaction() as session:
        claim = claim_share(session, share.id, station)
        freeze_body(session, claim, b"{}")
        attempted = arm(session, claim, b"{}").attempted

    def store_as_well():
        with transaction() as session:
            waits.set()
            settle_attempt(session, attempted, not_sent(), network)

    with ThreadPoolExecutor(1) as threads, transaction() as session:
        settle_attempt(session, attempted, not_sent(), network)
        session.flush()
        second = threads.submit(store_as_well)
        assert waits.wait(5)
        with pytest.raises(TimeoutError):
            second.result(0.5)  # it waits for the share
        session.commit()
        second.result(5)

    with transaction() as session:
        assert used_by_app(session, "linkedin", claim.payer.day) == 0
