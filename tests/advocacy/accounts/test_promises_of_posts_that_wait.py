"""What is promised of posts that wait for a connection holds: it is not told of seconds where
the post has its own time, nothing leaves just now, or it would be too late by then.
"""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.budget import mark_spent, payer_of
from advocacy.shares.models import ShareState
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.publishing import publish_share
from advocacy.shares.service_rows import StopCause
from advocacy.shares.station import Station
from integrations.clock import clock_at, now
from integrations.network import DayLimits
from tests.advocacy.accounts.conftest import colleague
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import BASE_URL, make_item, queue, queue_due, state_of
from tests.advocacy.shares.pauses import pause

S = ShareState
MINE, OTHER = "Ivo Terpstra", "Ivo Privé"
CONFIRM = "/accounts/linkedin/confirm"
SECONDS = "60 seconds"
PAUSED = (
    "Posting is paused at the moment. Nothing leaves until it goes on, and what is more"
)
COULD = (
    "1 post waits for a connection. Once connected it can leave, unless you cancel it"
)
CAN = "1 post that waited can leave again. Until it does you can cancel it"
OWN_TIME = "1 planned post that waited leaves at its own time again."
TOO_LATE = "1 post has waited too long to leave by itself."
ON_ROW = "Once connected it leaves when posting goes on, unless you cancel it."


def page(ivo, path):
    return words(ivo.client.get(path))


def let_go(ivo):
    ivo.client.post("/accounts/linkedin/disconnect")


def test_a_plan_that_waited_for_its_own_profile_is_told_its_own_time(
    session, ivo, planned
):
    time = planned.next_at
    ivo.connect(OTHER)
    ivo.words()
    assert state_of(session, planned) is S.NEEDS_RECONNECT
    let_go(ivo)
    ivo.words()

    ivo.come_back(MINE)
    before = page(ivo, CONFIRM)
    assert "1 planned post waits for a connection" in before
    assert SECONDS not in before
    ivo.confirm()

    after = words(ivo.client.get("/accounts"))
    assert OWN_TIME in after
    assert SECONDS not in after
    session.refresh(planned)
    assert (planned.state, planned.next_at) == (S.SCHEDULED, time)


@pytest.fixture
def held(session, ivo):
    """A post in the seconds of its hold whose account is let go of."""
    ivo.connect(MINE)
    share = queue(session, ivo.person, make_item(session))
    session.commit()
    let_go(ivo)
    ivo.words()
    return share


def _stopped(session):
    stop_publishing(session, StopCause.RESTORED)


def _network_paused(session):
    pause(session, now() + timedelta(days=1))


@pytest.mark.parametrize("nothing_leaves", [_stopped, _network_paused])
def test_while_posting_is_paused_no_page_promises_seconds(
    session, ivo, held, nothing_leaves
):
    nothing_leaves(session)
    session.commit()
    for path in ("/consent", "/accounts"):
        assert COULD in page(ivo, path)
        assert PAUSED in page(ivo, path)
        assert SECONDS not in page(ivo, path)
    ivo.come_back(MINE)
    assert COULD in page(ivo, CONFIRM)
    assert SECONDS not in page(ivo, CONFIRM)

    ivo.confirm()

    after = page(ivo, "/accounts")
    for said in (CAN, PAUSED):
        assert said in after
    assert SECONDS not in after


def test_while_posting_is_paused_the_row_of_what_waits_promises_none_either(
    session, ivo, held
):
    held.due_at = held.next_at = now() - timedelta(minutes=1)
    _network_paused(session)
    session.commit()
    assert "waits for that too" in page(ivo, "/shares")
    held.move_to(S.NEEDS_RECONNECT)
    session.commit()
    said = page(ivo, "/shares")
    assert ON_ROW in said
    assert PAUSED in said
    assert SECONDS not in said


def test_where_nothing_waits_a_pause_is_not_spoken_of(session, ivo):
    _network_paused(session)
    session.commit()
    ivo.come_back(MINE)
    assert PAUSED not in page(ivo, CONFIRM)
    ivo.confirm()
    assert PAUSED not in page(ivo, "/accounts")


def test_a_plan_is_not_said_to_leave_as_planned_whatever_a_pause_does(
    session, ivo, planned
):
    let_go(ivo)
    _network_paused(session)
    session.commit()
    assert PAUSED in page(ivo, "/consent")


def test_on_a_day_whose_calls_are_used_up_the_moment_is_told(app, session, sandbox):
    at = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    with clock_at(at):  # signed in at that hour too: eight idle hours would sign out
        ivo = colleague(app, session, sandbox, "Ivo Terpstra")
        ivo.connect(MINE)
        share = queue(session, ivo.person, make_item(session))
        account = account_of(session, ivo.person.id, LINKEDIN)
        payer = payer_of(LINKEDIN, account.member_id, at.date())
        mark_spent(session, payer, DayLimits(member=10, app=100), whole_app=False)
        account.refused_at = at
        session.commit()
        used_up = "LinkedIn takes no more posts from us today. What would leave now"
        for path in ("/consent", "/accounts"):
            assert used_up in page(ivo, path)
            assert SECONDS not in page(ivo, path)
        on_row = "Once connected it leaves on "
        assert on_row in page(ivo, "/shares")
        assert SECONDS not in page(ivo, "/shares")
        ivo.connect(MINE)
        said = page(ivo, "/accounts")
    for each in (CAN, used_up):
        assert each in said
    assert SECONDS not in said
    assert state_of(session, share) is S.SCHEDULED


@pytest.fixture
def nearly_late(session, ivo):
    """It was to leave nearly six hours ago, and its account was let go of."""
    ivo.connect(MINE)
    share = queue_due(session, ivo.person, make_item(session))
    share.due_at = share.next_at = now() - timedelta(hours=5, minutes=59, seconds=40)
    session.commit()
    return share


def test_what_its_hold_would_make_too_late_is_said_to_be_too_late_and_is(
    session, ivo, nearly_late
):
    let_go(ivo)
    assert TOO_LATE in page(ivo, "/consent")
    row = page(ivo, "/shares")
    assert "It has waited too long to leave by itself: once connected you can" in row
    assert SECONDS not in row

    ivo.connect(MINE)

    after = page(ivo, "/accounts")
    assert TOO_LATE in after
    assert SECONDS not in after
    assert state_of(session, nearly_late) is S.MISSED
    assert "Send it now" in page(ivo, "/shares")


def test_connected_again_without_need_it_is_told_too(session, ivo, nearly_late):
    ivo.connect(MINE)
    assert TOO_LATE in page(ivo, "/accounts")
    assert state_of(session, nearly_late) is S.MISSED


def test_what_is_promised_to_leave_after_its_hold_does(
    session, ivo, outside, tmp_path, sandbox, nearly_late
):
    """The oldest that is: it is not missed for the moment that a worker takes."""
    nearly_late.due_at = nearly_late.next_at = now() - timedelta(
        hours=5, minutes=57, seconds=30
    )
    session.commit()
    let_go(ivo)
    ivo.connect(MINE)
    assert "1 post that waited leaves in 60 seconds." in page(ivo, "/accounts")
    # As if the hold were over, and half a minute more.
    nearly_late.due_at -= timedelta(seconds=90)
    nearly_late.next_at = now()
    account = account_of(session, ivo.person.id, LINKEDIN)
    account.connected_at = now() - timedelta(days=1)
    session.commit()
    publish_share(nearly_late.id, Station(outside, BASE_URL, "test-worker", spool=None))
    assert state_of(session, nearly_late) is S.PUBLISHED
