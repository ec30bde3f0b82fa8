"""While nothing leaves, the writing desk says so before anything is confirmed."""

from advocacy.shares.pausing import stop_publishing
from advocacy.shares.service_rows import StopCause
from tests.advocacy.library.desk import TEXT
from tests.advocacy.library.reading import words

PAUSED = "Posting is paused at the moment. Nothing leaves until it goes on"


def _stop(session):
    stop_publishing(session, StopCause.BY_HAND)
    session.commit()


def test_the_desk_says_that_nothing_leaves_just_now(desk, session):
    assert "aused" not in words(desk.page)
    assert "after 60 seconds" in words(desk.page)
    _stop(session)
    said = words(desk.open())
    assert PAUSED in said
    assert "after 60 seconds" not in said


def test_who_pastes_it_themselves_hears_nothing_of_a_pause(
    browser_of, newcomer, story, session
):
    _stop(session)
    page = browser_of(newcomer).get(f"/items/{story.id}")
    assert "aused" not in words(page)


def test_the_confirmation_promises_no_moment_during_a_pause(desk, session):
    _stop(session)
    said = words(desk.press("share", text=TEXT))
    assert PAUSED in said
    assert "When posting goes on" in said
    assert "seconds" not in said


def test_what_is_shared_during_a_pause_waits_on_the_list(desk, session):
    _stop(session)
    desk.share(TEXT)
    said = words(desk.browser.get("/shares"))
    assert "Confirmed." in said
    assert "leaves in a moment" not in said
    assert PAUSED in said
