"""Two that meet at one row, each with a connection of its own (reliability.md 2.1, 2.4)."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Thread
from time import sleep

import pytest
from sqlalchemy import event, select, text, update

from advocacy.errors import TooLate
from advocacy.outside import LINKEDIN
from advocacy.shares import publishing
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.claiming import claim_share
from advocacy.shares.models import PublishAttempt, Share, ShareState
from advocacy.shares.outcomes import doubt, not_sent
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.publishing import send
from advocacy.shares.service_rows import StopCause
from advocacy.shares.settling import set_aside, settle_attempt
from advocacy.shares.storing import change, within
from advocacy.shares.sweeper import sweep
from integrations.clock import now
from integrations.database import open_session, transaction
from tests.advocacy.shares.ends import REFUSED

S = ShareState
# Long enough for the other to come to the lock, and to wait there.
MEETING_SECONDS = 0.5


@pytest.fixture
def station(committed_station):
    return committed_station


@pytest.fixture
def share_id(committed_share_id):
    return committed_share_id


def ready(share_id, station):
    """In hand, with its body frozen."""
    with transaction() as session:
        claim = claim_share(session, share_id, station)
    body = station.outside.networks[LINKEDIN].prepare(claim.access, claim.draft)
    with transaction() as session:
        assert freeze_body(session, claim, body)
    return claim, body


def state(share_id):
    with transaction() as session:
        return session.get_one(Share, share_id).state


def test_a_late_word_of_the_first_attempt_says_nothing_of_one_being_armed(
    station, share_id
):
    """Or the share would be due again while its second post is on the wire."""
    network = station.outside.networks[LINKEDIN]
    claim, body = ready(share_id, station)
    with transaction() as session:
        first = arm(session, claim, body)
    with transaction() as session:
        session.execute(update(Share).values(lease_until=now() - timedelta(seconds=1)))
    with transaction() as session:
        assert sweep(session).uncertain == 1
    with transaction() as session:
        share = session.get_one(Share, share_id)
        share.move_to(S.SCHEDULED)  # its owner: "It is not there, send again"
        share.next_at = now() - timedelta(seconds=5)
    claim, body = ready(share_id, station)

    def frozen_until_now():
        with transaction() as session:
            settle_attempt(session, first.attempted, not_sent(), network)

    with transaction() as session:
        second = arm(session, claim, body)
        late = Thread(target=frozen_until_now)
        late.start()
        sleep(MEETING_SECONDS)
    late.join(10)

    assert state(share_id) is S.SENDING
    with transaction() as session:
        settle_attempt(session, second.attempted, doubt(), network)
    assert state(share_id) is S.UNCERTAIN
    with transaction() as session:
        query = select(PublishAttempt.outcome).order_by(PublishAttempt.n)
        assert list(session.scalars(query)) == ["not_sent", "uncertain"]


CHANGES = {
    "consent off": "UPDATE consent SET is_on = false",
    "consent off and on": "UPDATE consent SET epoch = epoch + 2",
    "item changed": "UPDATE item SET epoch = epoch + 1",
    "item withdrawn": "UPDATE item SET state = 'withdrawn'",
    "account gone": "DELETE FROM account",
    "account anew": "UPDATE account SET connected_at = now()",
    "person left": "UPDATE person SET left_on = '2026-01-01'",
    "stopped by its owner": "UPDATE share SET stop_requested = true",
    "given back": "UPDATE share SET state = 'scheduled', lease_owner = NULL",
    # Something unrelated holds the row while everything, or this network, is stopped.
    "stopped": "UPDATE person SET name = name",
    "paused": "UPDATE person SET name = name",
}
STOPPED = "UPDATE share SET state = 'cancelled', lease_owner = NULL"
PAUSE = """
    INSERT INTO publishing_pause (network, until, reason)
    VALUES ('linkedin', clock_timestamp() + interval '1 minute', '426')"""


@pytest.mark.parametrize("what", CHANGES)
def test_what_changes_while_arming_waits_for_it_is_seen(
    station, share_id, sandbox, what
):
    claim, body = ready(share_id, station)
    line = station.outside.networks[LINKEDIN].open_line(claim.access)

    other = open_session()
    other.begin()
    other.execute(text(CHANGES[what]))
    waiting = Thread(target=send, args=(claim, body, line, station))
    waiting.start()
    sleep(MEETING_SECONDS)
    assert waiting.is_alive(), "it should wait"
    with transaction() as session:
        if what == "stopped":
            stop_publishing(session, StopCause.BY_HAND)
        elif what == "paused":
            session.execute(text(PAUSE))
    other.commit()
    other.close()
    waiting.join(10)
    line.close()

    assert state(share_id) is S.SCHEDULED
    assert sandbox.creates == 0


def test_who_waited_and_cannot_look_whether_all_was_stopped_does_not_send(
    station, share_id, sandbox, monkeypatch
):
    """The database goes between arming and the look."""
    claim, body = ready(share_id, station)
    line = station.outside.networks[LINKEDIN].open_line(claim.access)
    monkeypatch.setattr(publishing, "MOMENT", 0)
    lost = []

    @event.listens_for(station.outside.engine, "before_cursor_execute")
    def lose(connection, _cursor, statement, *_more):
        if "publishing_pause.until" in statement and not lost:
            lost.append(connection.connection.driver_connection.info.backend_pid)
            with open_session() as other:
                other.execute(
                    text("SELECT pg_terminate_backend(:pid)"), {"pid": lost[0]}
                )

    send(claim, body, line, station)
    line.close()

    assert lost
    assert state(share_id) is S.SCHEDULED
    assert sandbox.creates == 0


def test_what_is_stopped_while_its_worker_sets_it_aside_stays_stopped(
    station, share_id
):
    claim, _body = ready(share_id, station)

    def set_it_aside():
        with transaction() as session:
            set_aside(session, claim, REFUSED, station.outside.networks[LINKEDIN])

    with ThreadPoolExecutor(1) as threads:
        with open_session() as other:
            other.execute(text(STOPPED))
            waiting = threads.submit(set_it_aside)
            sleep(MEETING_SECONDS)
            other.commit()
        waiting.result(10)

    assert state(share_id) is S.CANCELLED


def test_who_presses_while_it_is_taken_off_the_list_comes_too_late(share_id):
    with transaction() as session:
        share = session.get_one(Share, share_id)
    with transaction() as session:
        session.execute(text("DELETE FROM share"))

    with transaction() as session:
        stale = session.merge(share, load=False)
        with pytest.raises(TooLate):
            change(session, stale, within(S.SCHEDULED), state=S.CANCELLED)
