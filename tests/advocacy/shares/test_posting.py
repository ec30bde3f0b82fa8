"""What is posted of what is in hand: with a whole lease, with its files, or not at all."""

from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy import event

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.people.models import Person
from advocacy.shares import arming
from advocacy.shares.claiming import claim_share, database_time
from advocacy.shares.models import NOT_SENT, ShareState
from advocacy.shares.publishing import post, publish_share
from advocacy.shares.reasons import Reason
from integrations.clock import now
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    attempts,
    connect_account,
    queue_with_picture,
    stored,
)
from tests.advocacy.shares.paying import app_calls

S = ShareState


@pytest.mark.parametrize(
    ("seconds", "renewed"), [(0, False), (9.3, False), (10.4, True), (30, True)]
)
def test_after_ten_seconds_without_a_thread_the_lease_is_renewed(
    session, share, station, seconds, renewed
):
    claim = claim_share(session, share.id, station)
    share.lease_until = database_time(session) + timedelta(seconds=60)
    session.commit()
    left = []

    def look():
        until = stored(session, share).lease_until
        left.append((until - database_time(session)).total_seconds())

    waited = replace(claim, taken=monotonic() - seconds)
    post(waited, interrupted(station, "before prepare", look))

    assert (left[0] > 60) is renewed
    assert stored(session, share).state is S.PUBLISHED


def test_a_worker_that_stops_takes_nothing_in_hand(session, share, station):
    share.woken_at = told = now()
    session.commit()

    publish_share(share.id, replace(station, stopping=lambda: True))

    assert stored(session, share).woken_at == told


def test_who_waited_for_nobody_does_not_look_again(session, share, station):
    """In a burst each look is a way to the server and back."""
    looks = []

    @event.listens_for(session.connection(), "before_cursor_execute")
    def note(_connection, _cursor, statement, *_more):
        looks.append("publishing_pause.until IS DISTINCT FROM" in statement)

    publish_share(share.id, station)

    assert stored(session, share).state is S.PUBLISHED
    assert looks
    assert not any(looks)


def test_a_worker_that_stops_gives_back_what_it_has_in_hand(
    session, share, station, sandbox
):
    claim = claim_share(session, share.id, station)
    session.commit()

    post(claim, replace(station, stopping=lambda: True))

    assert (stored(session, share).state, share.crash_count) == (S.SCHEDULED, 0)
    assert app_calls(session, claim) == 0
    assert sandbox.creates == 0


def test_without_its_file_nothing_is_posted_and_it_is_said(
    session, person, station, sandbox
):
    share = queue_with_picture(session, person, station)
    session.commit()
    for file in station.outside.files.folder.rglob("*.jpg"):
        file.unlink()

    publish_share(share.id, station)

    assert (stored(session, share).state, share.reason) == (S.FAILED, Reason.MEDIA_GONE)
    assert sandbox.creates == 0


def test_a_worker_that_slept_after_arming_does_not_send(
    session, share, station, sandbox, monkeypatch
):
    """By then the lease may be somebody else's (2.4, 6)."""
    monkeypatch.setattr(arming, "DEADLINE", timedelta(seconds=-1))

    publish_share(share.id, station)

    assert stored(session, share).state is S.SCHEDULED
    assert [one.outcome for one in attempts(session, share)] == [NOT_SENT]
    assert sandbox.creates == 0


@pytest.mark.parametrize(
    ("fault", "asked"),
    [("expired_token", True), ("missing_permission", False), ("too_large", False)],
)
def test_only_of_a_token_that_is_not_taken_it_is_asked_why(
    session, share, station, sandbox, capsys, fault, asked
):
    if fault == "missing_permission":
        account = account_of(session, share.person_id, LINKEDIN)
        session.delete(account)
        session.flush()
        less = sandbox.access_for("less@example.org", scopes=("openid", "profile"))
        connect_account(session, session.get(Person, share.person_id), less)
        session.commit()
    else:
        sandbox.set_fault(fault)

    publish_share(share.id, station)

    assert stored(session, share).state in {S.NEEDS_RECONNECT, S.FAILED}
    assert ("token_refused" in capsys.readouterr().err) is asked
