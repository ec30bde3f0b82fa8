"""Each outcome is stored, kept or told as lost, whatever becomes of the others."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from time import sleep

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError
from structlog.testing import capture_logs

from advocacy.shares import storing_outcomes
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import Share, ShareState
from advocacy.shares.outcomes import doubt, posted
from advocacy.shares.storing_outcomes import settle, store_kept
from integrations.database import open_session, transaction
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)
from tests.refusing import Refusing

S = ShareState
HOLD = text("SELECT FROM share WHERE id = :share FOR UPDATE")
WAITING = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
GIVE_AWAY = text("UPDATE share SET post_id = :post WHERE id = :share")


@pytest.fixture
def armed(committed_station, sandbox):
    """Three armed shares."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        found = []
        for _three in range(3):
            share = queue_due(session, person, make_item(session))
            session.flush()
            claim = claim_share(session, share.id, committed_station)
            session.flush()
            freeze_body(session, claim, b"{}")
            found.append(arm(session, claim, b"{}"))
    return found


@pytest.fixture
def elsewhere(database_url, armed):
    """Somebody else's connection; it locks the first share when it is asked to."""
    engine = create_engine(database_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def held(elsewhere, armed):
    elsewhere.execute(HOLD, {"share": armed[0].claim.share_id})
    return elsewhere


def post_of(armed):
    return f"urn:li:share:{armed.claim.share_id}"


def keep_all(station, armed):
    for one in armed:
        station.spool.keep(one.attempted, posted(post_of(one)))


def kept(station):
    return [attempted.share_id for attempted, _outcome in station.spool.waiting()]


def state_of(armed):
    with transaction() as session:
        return session.get_one(Share, armed.claim.share_id).state


def events(lines):
    return [line["event"] for line in lines if "kept_outcome" in line["event"]]


def test_one_whose_row_is_held_and_one_without_a_network_hold_up_no_other(
    committed_station, armed, held
):
    keep_all(committed_station, armed)
    gone = replace(armed[0].attempted, network="gone", share_id=0)
    committed_station.spool.keep(gone, doubt())

    with capture_logs() as lines:
        assert store_kept(committed_station) == 2

    first = armed[0].claim.share_id
    assert events(lines) == ["kept_outcome_not_stored", *["kept_outcome_stored"] * 2]
    assert kept(committed_station) == [0, first]
    held.rollback()
    assert store_kept(committed_station) == 1
    assert kept(committed_station) == [0]
    assert {state_of(one) for one in armed} == {S.PUBLISHED}


def test_one_that_was_overtaken_is_stored_the_next_time(
    committed_station, armed, elsewhere
):
    """Another share gets the same post, at the same moment."""
    first, second, third = armed
    keep_all(committed_station, [first, third])
    taken = {"share": second.claim.share_id, "post": post_of(first)}
    elsewhere.execute(GIVE_AWAY, taken)

    with ThreadPoolExecutor(1) as threads:
        storing = threads.submit(store_kept, committed_station)
        while not elsewhere.scalar(WAITING) and not storing.done():
            sleep(0.02)
        elsewhere.commit()
        assert storing.result(10) == 1

    assert kept(committed_station) == [first.claim.share_id]
    assert store_kept(committed_station) == 1
    assert state_of(first) is S.PUBLISHED_UNVERIFIED
    assert state_of(third) is S.PUBLISHED


def test_without_a_disk_nothing_is_kept_there(committed_station):
    assert store_kept(replace(committed_station, spool=None)) == 0


def test_after_the_lease_an_outcome_stays_on_the_disk(committed_station, armed, held):
    with capture_logs() as lines:
        over = replace(armed[0], lease_ends=0)
        settle(over, posted(post_of(over)), committed_station)

    assert "outcome_kept" in [line["event"] for line in lines]
    assert kept(committed_station) == [over.claim.share_id]


def test_after_the_lease_and_without_a_disk_it_is_told_as_lost(
    committed_station, armed, held
):
    station, over = (
        replace(committed_station, spool=None),
        replace(armed[0], lease_ends=0),
    )
    with capture_logs() as lines, pytest.raises(OperationalError):
        settle(over, posted(post_of(over)), station)

    assert "outcome_lost" in [line["event"] for line in lines]


@pytest.mark.parametrize("has_disk", [True, False])
def test_while_the_lease_lasts_it_is_tried_again_each_second(
    committed_station, armed, held, monkeypatch, has_disk
):
    """Even by a worker that has to stop, if there is no disk to keep it."""
    spool = committed_station.spool if has_disk else None
    stopping = not has_disk
    station = replace(committed_station, spool=spool, stopping=lambda: stopping)
    pauses = []

    def wait(seconds):
        pauses.append(seconds)
        held.rollback()

    monkeypatch.setattr(storing_outcomes, "sleep", wait)
    settle(armed[0], posted(post_of(armed[0])), station)

    assert pauses == [1.0]
    assert state_of(armed[0]) is S.PUBLISHED
    assert kept(committed_station) == []


def test_a_database_that_takes_no_changes_is_waited_for(
    committed_station, armed, monkeypatch
):
    """A standby took over, or its disk is full: the answer is on ours meanwhile."""
    one = armed[0]
    seen = []
    with Refusing(open_session.kw["bind"]) as refusing:

        def wait(_seconds):
            seen.extend(kept(committed_station))
            refusing.end()

        monkeypatch.setattr(storing_outcomes, "sleep", wait)
        settle(one, posted(post_of(one)), committed_station)

    assert seen == [one.claim.share_id]
    assert state_of(one) is S.PUBLISHED
    assert kept(committed_station) == []


@pytest.fixture
def forbidden(elsewhere):
    """The service may not write any more, by a mistake of whoever runs it."""
    elsewhere.execute(text("ALTER TABLE publish_attempt RENAME TO away"))
    elsewhere.commit()
    return elsewhere


def test_an_answer_is_kept_whatever_else_is_wrong_with_the_database(
    committed_station, armed, forbidden
):
    one, other, _third = armed
    for each in (one, other):
        with pytest.raises(ProgrammingError):
            settle(each, posted(post_of(each)), committed_station)
    assert len(kept(committed_station)) == 2

    with capture_logs() as lines:
        assert store_kept(committed_station) == 0
    assert events(lines) == ["kept_outcome_not_stored"] * 2

    forbidden.execute(text("ALTER TABLE away RENAME TO publish_attempt"))
    forbidden.commit()
    assert store_kept(committed_station) == 2
    assert state_of(one) is S.PUBLISHED
