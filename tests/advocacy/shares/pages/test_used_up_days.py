"""A day whose calls are used up is said before the press, and no seconds are promised."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.shares.budget import mark_spent, payer_of
from advocacy.shares.models import ShareState
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import StopCause
from integrations.clock import clock_at, now
from integrations.network import DayLimits
from tests.advocacy.library.desk import Desk
from tests.advocacy.library.reading import words
from tests.advocacy.shares.pages.pressing import press

S = ShareState
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
LIMITS = DayLimits(member=10, app=100)
TOLD = "LinkedIn takes no more posts from us today."
LEAVES = "leaves on Monday 23 November at 01:00 or a little later, Amsterdam time"


@pytest.fixture
def noon():
    with clock_at(NOON):
        yield


@pytest.fixture
def used_up(session, me, noon):
    """The network said so to this member."""
    member = account_of(session, me.id, "linkedin").member_id
    payer = payer_of("linkedin", member, NOON.date())
    mark_spent(session, payer, LIMITS, whole_app=False)
    session.commit()


@pytest.mark.usefixtures("used_up")
def test_the_writing_desk_promises_no_seconds(reader, item):
    said = words(reader.get(f"/items/{item.id}"))
    assert TOLD in said
    assert LEAVES in said
    assert "seconds in which you can undo it" not in said


@pytest.mark.usefixtures("noon")
def test_on_other_days_it_promises_them(reader, item):
    said = words(reader.get(f"/items/{item.id}"))
    assert TOLD not in said
    assert "seconds in which you can undo it" in said


@pytest.mark.usefixtures("used_up")
def test_the_confirmation_names_the_moment_unless_another_was_chosen(reader, item):
    desk = Desk(reader, item)
    at_once = words(desk.press("share", text="I was there."))
    assert TOLD in at_once
    assert "When Monday 23 November at 01:00, Amsterdam time" in at_once

    desk.open()
    planned = words(desk.press("share", text="I was there.", at="2026-11-25T12:00"))
    assert TOLD not in planned
    assert "When Wednesday 25 November at 12:00, Amsterdam time" in planned


@pytest.mark.usefixtures("used_up")
def test_during_a_pause_nobody_knows_until_when(reader, session, item):
    stop_publishing(session, StopCause.BY_HAND)
    session.commit()
    said = words(reader.get(f"/items/{item.id}"))
    assert "Posting is paused at the moment." in said
    assert TOLD not in said


@pytest.mark.usefixtures("used_up")
def test_sending_again_says_it_before_and_after(reader, keep):
    share = keep(S.MISSED, reason=Reason.LATE)
    before = words(reader.get(f"/shares/{share.public_id}/again"))
    assert TOLD in before
    assert LEAVES in before
    assert "seconds" not in before

    page = press(reader, share, "again")

    after = words(page)
    assert "Confirmed." in after
    assert "in a moment" not in after
    assert "Leaves on Monday 23 November at 01:00 or a little later" in after
    assert "Leaves in" not in after
    assert f"/shares/{share.public_id}/undo" in page.text


@pytest.mark.usefixtures("used_up")
def test_what_waits_for_tomorrow_stands_below_what_needs_its_owner(reader, keep):
    tomorrow = MIDNIGHT + timedelta(minutes=12)
    keep(S.SCHEDULED, at=NOON, next_at=tomorrow, reason=Reason.RATE_LIMIT)
    keep(S.UNCERTAIN, at=NOON - timedelta(days=3), reason=Reason.NO_ANSWER)
    said = words(reader.get("/shares"))
    look, planned = said.index("Please have a look"), said.index("Planned")
    again = "We try again on Monday 23 November at 01:12, Amsterdam time"
    assert look < planned < said.index(again)
    assert "About to leave" not in said
    assert now() == NOON
