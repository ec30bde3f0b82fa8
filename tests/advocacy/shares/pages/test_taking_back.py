"""A wrong press on "It is there", from the network's silence to both answers again."""

import pytest

from advocacy.outside import LINKEDIN
from advocacy.shares.attempted import Attempted
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import posted
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.settling import settle_attempt
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import attempt_of, attempts, queue_due, state_of
from tests.advocacy.shares.pages.pressing import POST, press, press_on, seen

S = ShareState
BUTTON = "Take back “It is there”"
STANDS = "This is how it stands now."
ASKED = ("It is there", "It is not there", "LinkedIn gave no clear answer")


@pytest.fixture
def doubted(session, person, item, station, sandbox):
    """It arrived, and the answer did not."""
    sandbox.set_fault("drop_after_commit")
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is S.UNCERTAIN
    return share


@pytest.fixture
def reader(browser_of, person):
    return browser_of(person)


def test_a_wrong_press_is_taken_back_and_both_answers_are_offered_again(
    reader, session, doubted, sandbox
):
    assert BUTTON not in words(reader.get("/shares"))
    assert BUTTON in words(press(reader, doubted, "there"))

    page = press(reader, doubted, "take-back")

    said = words(page)
    assert "Taken back. Look on LinkedIn, and tell us whether it is there." in said
    assert [each for each in ASKED if each not in said] == []
    assert BUTTON not in said
    assert state_of(session, doubted) is S.UNCERTAIN
    assert sandbox.creates == 1
    page = press(reader, doubted, "again")
    assert "Leaves in 60 seconds" in words(page)
    assert state_of(session, doubted) is S.SCHEDULED


def test_an_address_that_was_told_goes_with_it(reader, session, doubted):
    press(reader, doubted, "there")
    press(reader, doubted, "address", address=POST)
    assert BUTTON in words(reader.get("/shares"))
    press(reader, doubted, "take-back")
    session.refresh(doubted)
    assert (doubted.state, doubted.post_address) == (S.UNCERTAIN, None)


def test_an_address_told_in_another_tab_is_not_dropped_by_an_old_page(
    reader, session, doubted
):
    press(reader, doubted, "there")
    old = seen(reader, doubted, "take-back")
    press(reader, doubted, "address", address=POST)

    assert STANDS in words(press_on(reader, doubted, "take-back", old))

    session.refresh(doubted)
    assert (doubted.state, doubted.post_address) == (S.PUBLISHED_UNVERIFIED, POST)
    press(reader, doubted, "take-back")
    assert state_of(session, doubted) is S.UNCERTAIN


@pytest.mark.parametrize("post_id", ["urn:li:share:71", None])
def test_what_linkedin_confirmed_cannot_be_taken_back(
    reader, session, doubted, station, post_id
):
    press(reader, doubted, "there")
    old = seen(reader, doubted, "take-back")
    (attempt,) = attempts(session, doubted)
    answered = Attempted(doubted.id, 1, attempt.worker, LINKEDIN, 0, now())
    network = station.outside.networks[LINKEDIN]
    settle_attempt(session, answered, posted(post_id), network)
    session.commit()
    state = state_of(session, doubted)

    assert BUTTON not in words(reader.get("/shares"))
    assert STANDS in words(press_on(reader, doubted, "take-back", old))
    assert state_of(session, doubted) is state is not S.UNCERTAIN


def test_a_page_of_an_earlier_doubt_takes_back_nothing(reader, session, doubted):
    press(reader, doubted, "there")
    old = seen(reader, doubted, "take-back")
    press_on(reader, doubted, "take-back", old)
    session.add(attempt_of(doubted.id, 2, outcome="uncertain"))
    session.commit()
    press(reader, doubted, "there")
    for sent in (old, {}):
        assert STANDS in words(press_on(reader, doubted, "take-back", sent))
    assert state_of(session, doubted) is S.PUBLISHED_UNVERIFIED


def test_pressed_in_two_tabs_it_is_taken_back_once(reader, session, doubted):
    press(reader, doubted, "there")
    old = seen(reader, doubted, "take-back")
    press_on(reader, doubted, "take-back", old)
    assert STANDS in words(press_on(reader, doubted, "take-back", old))
    assert state_of(session, doubted) is S.UNCERTAIN


def test_nobody_takes_back_the_answer_of_another(
    browser_of, reader, session, me, doubted
):
    press(reader, doubted, "there")
    sent = seen(reader, doubted, "take-back")
    page = press_on(browser_of(me), doubted, "take-back", sent)
    assert page.status_code == 404
    assert state_of(session, doubted) is S.PUBLISHED_UNVERIFIED


@pytest.mark.parametrize("reason", [Reason.NO_ID, Reason.SAID_SO])
def test_what_came_without_an_address_or_from_before_offers_nothing(
    browser_of, me, keep, reason
):
    keep(S.PUBLISHED_UNVERIFIED, reason=reason)
    assert BUTTON not in words(browser_of(me).get("/shares"))
