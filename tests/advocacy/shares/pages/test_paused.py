"""While nothing leaves, whoever waits for a post reads so, and no seconds count down."""

from datetime import timedelta

import pytest

from advocacy.shares.models import PublishingPause, ShareState
from advocacy.shares.pausing import release_publishing, stop_publishing
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import StopCause
from integrations.clock import now
from tests.advocacy.library.reading import words

S = ShareState
PAUSED = "Posting is paused at the moment. Nothing leaves until it goes on"


def _stop_by_hand(session):
    stop_publishing(session, StopCause.BY_HAND)


def _version_gone(session):
    until = now() + timedelta(hours=1)
    session.add(PublishingPause(network="linkedin", until=until, reason="426"))


@pytest.fixture(params=[_stop_by_hand, _version_gone])
def pause(request, session):
    """Each of the two ways in which nothing leaves."""
    request.param(session)
    session.commit()


@pytest.mark.parametrize(
    ("state", "seconds"), [(S.SCHEDULED, 40), (S.SCHEDULED, -5), (S.PREPARING, -5)]
)
@pytest.mark.usefixtures("pause")
def test_what_was_about_to_leave_waits_without_a_countdown(
    reader, keep, session, state, seconds
):
    keep(state, at=now() + timedelta(seconds=seconds))
    page = reader.get("/shares")
    assert PAUSED in words(page)
    assert "Waits until posting goes on" in words(page)
    assert "Posting is paused at the moment. Nothing was sent yet." in words(page)
    # Not of a minute that is still to come.
    assert ("Was to leave on" in words(page)) is (seconds < 0)
    assert "Waiting to leave" in words(page)
    assert "About to leave" not in words(page)
    assert "Cancel this post" in words(page)
    assert "Open my text" in words(page)
    assert "Leaves in" not in words(page)
    assert "data-hold" not in page.get_data(as_text=True)

    release_publishing(session)
    session.commit()
    assert "aused" not in words(reader.get("/shares"))
    assert "Waits until" not in words(reader.get("/shares"))


@pytest.mark.usefixtures("pause")
def test_the_notice_belongs_to_what_the_page_reads_anew(reader, keep):
    """Or it would stay where the rows below it say something else by now."""
    keep(S.SCHEDULED, at=now())
    page = reader.get("/shares").get_data(as_text=True)
    assert PAUSED in page.partition("data-shares")[2].partition("<section")[0]


def test_a_time_of_a_next_try_is_not_said_while_nothing_leaves(reader, keep, session):
    soon = now() + timedelta(minutes=2)
    keep(S.SCHEDULED, at=now(), next_at=soon, reason=Reason.UNREACHABLE)
    assert "We try again" in words(reader.get("/shares"))
    _stop_by_hand(session)
    session.commit()
    said = words(reader.get("/shares"))
    assert "We try again" not in said
    assert "LinkedIn could not be reached. Nothing was sent yet." in said


@pytest.mark.usefixtures("pause")
def test_a_plan_keeps_its_time_and_the_list_says_the_pause(reader, keep):
    keep(S.SCHEDULED, at=now() + timedelta(days=2))
    said = words(reader.get("/shares"))
    assert PAUSED in said
    assert "Waits until posting goes on" not in said


@pytest.mark.parametrize("state", [S.PUBLISHED, S.SENDING, S.MISSED, S.CANCELLED])
@pytest.mark.usefixtures("pause")
def test_a_pause_is_nobodys_business_who_waits_for_nothing(reader, keep, state):
    keep(state)
    assert "aused" not in words(reader.get("/shares"))


def test_a_pause_that_is_over_is_not_said(reader, keep, session):
    past = now() - timedelta(minutes=1)
    session.add(PublishingPause(network="linkedin", until=past, reason="426"))
    keep(S.SCHEDULED, at=now() + timedelta(seconds=40))
    assert "aused" not in words(reader.get("/shares"))


@pytest.mark.usefixtures("pause")
def test_sending_again_says_the_pause_before_and_after(reader, keep):
    share = keep(S.MISSED, reason=Reason.LATE)
    before = words(reader.get(f"/shares/{share.public_id}/again"))
    assert PAUSED in before
    assert "seconds" not in before


@pytest.mark.usefixtures("pause")
def test_changing_a_plan_says_the_pause(reader, keep):
    planned = keep(S.SCHEDULED, at=now() + timedelta(days=2))
    assert PAUSED in words(reader.get(f"/shares/{planned.public_id}/time"))
