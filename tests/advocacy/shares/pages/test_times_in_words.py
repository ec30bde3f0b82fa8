"""When: a share says when it is to leave, was tried, left or was over."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.sweeper import sweep
from integrations.clock import clock_at, now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import attempt_of

S = ShareState
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


@pytest.mark.parametrize("state", [S.SCHEDULED, S.PREPARING, S.SENDING, S.MISSED])
def test_planned_is_said_of_a_time_that_was_chosen_and_of_no_other(
    reader, keep, session, state
):
    share = keep(state, at=NOON)
    with clock_at(NOON):
        assert "Planned for" not in words(reader.get("/shares"))
        share.wall_time = "2026-11-21T13:00"
        session.commit()
        said = words(reader.get("/shares"))
    assert "Planned for Saturday 21 November at 13:00" in said


def test_what_did_not_leave_says_when_it_was_to(reader, keep):
    keep(S.MISSED, at=NOON, reason=Reason.LATE)
    said = words(reader.get("/shares"))
    assert "Was to leave on Saturday 21 November at 13:00" in said


@pytest.mark.parametrize(
    ("state", "did"),
    [
        (S.PUBLISHED, "Posted"),
        (S.CANCELLED, "Stopped"),
        (S.REMOVED, "Deleted from LinkedIn"),
        (S.COPIED, "Taken along"),
        (S.TOLD, "You told us you posted it,"),
    ],
)
def test_what_is_over_says_its_time_as_well_as_its_day(reader, keep, state, did):
    keep(state)
    said = words(reader.get("/shares"))
    assert re.search(rf"{did} on [A-Z][a-z]+day \d\d? [A-Z][a-z]+ at \d\d:\d\d", said)


def test_a_doubt_names_the_minute_it_was_tried_also_when_its_row_is_tidied(
    reader, keep, session
):
    share = keep(S.UNCERTAIN, at=NOON, reason=Reason.NO_ANSWER, body=b"{}")
    session.add(attempt_of(share.id, armed_at=NOON, outcome="uncertain"))
    session.add(attempt_of(share.id, n=2, is_probe=True, outcome="uncertain"))
    session.commit()
    sweep(session)
    session.commit()
    with clock_at(NOON + timedelta(days=1)):
        assert "Tried on Saturday 21 November at 13:00" in words(reader.get("/shares"))


def test_tidying_makes_old_trouble_no_younger(session, keep):
    long_ago = NOON - timedelta(days=15)
    share = keep(S.UNCERTAIN, at=NOON, body=b"{}", changed_at=long_ago)
    sweep(session)
    session.refresh(share)
    assert (share.body, share.changed_at) == (None, long_ago)


def test_nobody_says_of_what_a_copy_put_in_doubt_when_it_was_tried(
    reader, keep, session
):
    share = keep(S.UNCERTAIN, at=NOON, reason=Reason.RESTORED)
    session.add(attempt_of(share.id, armed_at=NOON, outcome="not_sent"))
    session.commit()
    said = words(reader.get("/shares"))
    assert "Was to leave on Saturday 21 November at 13:00" in said


def test_a_plan_says_day_time_and_place(reader, keep):
    share = keep(
        S.SCHEDULED, at=now() + timedelta(days=3), wall_time="2026-11-20T08:30"
    )
    said = words(reader.get("/shares"))
    assert "Amsterdam time" in said
    assert "Planned" in said
    page = reader.get("/shares").get_data(as_text=True)
    assert f"/shares/{share.public_id}/time" in page


@pytest.mark.parametrize(
    ("hour", "said"),
    [
        (
            datetime(2026, 11, 18, 22, 30, tzinfo=UTC),
            "We try again at 23:30, Amsterdam time",
        ),
        # In Amsterdam a new day has begun by then.
        (
            datetime(2026, 11, 19, 0, 6, tzinfo=UTC),
            "We try again on Thursday 19 November at 01:06, Amsterdam time",
        ),
    ],
)
def test_the_next_try_names_its_day_when_that_is_not_today(
    browser_of, me, keep, hour, said
):
    at = datetime(2026, 11, 18, 20, tzinfo=UTC)
    with clock_at(at):
        keep(
            S.SCHEDULED,
            at=at - timedelta(minutes=5),
            next_at=hour,
            reason=Reason.RATE_LIMIT,
        )
        assert said in words(browser_of(me).get("/shares"))


@pytest.mark.parametrize("reason", [Reason.VERSION, Reason.UNREACHABLE])
def test_a_try_just_after_midnight_is_under_way_and_not_planned(reader, keep, reason):
    """Else the page would stop looking for as long as the day lasts."""
    late = datetime(2026, 11, 21, 22, 50, tzinfo=UTC)  # ten to midnight in Amsterdam
    soon = late + timedelta(minutes=16)
    keep(S.SCHEDULED, at=late, next_at=soon, reason=reason, tries=1)

    with clock_at(late):
        page = reader.get("/shares")

    assert "We try again on Sunday 22 November at 00:06" in words(page)
    assert "Waiting to leave" in words(page)
    assert "Planned" not in words(page)
