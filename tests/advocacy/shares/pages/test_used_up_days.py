"""A day whose calls are used up is said before the press, and no seconds are promised."""

from datetime import UTC, datetime, timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.shares.budget import count, mark_spent, payer_of
from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.used_up import goes_on_at
from integrations.clock import clock_at, now
from integrations.network import DayLimits
from tests.advocacy.library.reading import words
from tests.advocacy.shares.pages.pressing import press

S = ShareState
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
LIMITS = DayLimits(member=10, app=100)
TOLD = "LinkedIn takes no more posts from us today."
LEAVES = "leaves on Monday 23 November at 01:00 or a little later, Amsterdam time"


@pytest.fixture
def account(session, me):
    return account_of(session, me.id, "linkedin")


@pytest.fixture
def payer(account):
    return payer_of("linkedin", account.member_id, NOON.date())


@pytest.fixture
def noon():
    with clock_at(NOON):
        yield


@pytest.fixture
def used_up(session, payer, noon):
    """The network said so to this member."""
    mark_spent(session, payer, LIMITS, whole_app=False)
    session.commit()


@pytest.mark.parametrize("whole_app", [True, False])
def test_what_the_network_said_holds_until_midnight_utc(
    session, account, payer, whole_app
):
    assert goes_on_at(session, account, NOON, LIMITS) is None
    mark_spent(session, payer, LIMITS, whole_app=whole_app)
    assert goes_on_at(session, account, NOON, LIMITS) == MIDNIGHT
    assert goes_on_at(session, account, MIDNIGHT, LIMITS) is None


def test_what_we_counted_ourselves_counts_as_well(session, account, payer):
    count(session, payer, 8, LIMITS)
    assert goes_on_at(session, account, NOON, LIMITS) is None
    count(session, payer, 1, LIMITS)  # a tenth stays for deleting
    assert goes_on_at(session, account, NOON, LIMITS) == MIDNIGHT
    assert goes_on_at(session, account, NOON, DayLimits()) is None


def test_a_colleagues_day_is_their_own_and_the_apps_is_everybodys(session, account):
    colleague = payer_of("linkedin", "somebody-else", NOON.date())
    mark_spent(session, colleague, LIMITS, whole_app=False)
    count(session, colleague, 89, LIMITS)
    assert goes_on_at(session, account, NOON, LIMITS) is None
    count(session, colleague, 1, LIMITS)
    assert goes_on_at(session, account, NOON, LIMITS) == MIDNIGHT


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
