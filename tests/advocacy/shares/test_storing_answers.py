"""An answer is stored though the database refuses at first, and counts once though two store it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text

from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import Share, ShareState
from advocacy.shares.outcomes import not_sent
from advocacy.shares.publishing import publish_share
from advocacy.shares.settling import settle_attempt
from integrations.database import transaction
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.paying import app_calls

S = ShareState


@pytest.fixture
def elsewhere(committed_share_id, committed_station):
    """A database of its own, with one due share in it."""
    with transaction() as session:
        share = session.get_one(Share, committed_share_id)
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
        assert app_calls(session, claim) == 0
