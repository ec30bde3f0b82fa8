"""A time for a post: refused beside its field, or said before it is kept."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.shares.models import ShareState
from integrations.clock import clock_at, now
from tests.advocacy.library.desk import TEXT, Desk, refused
from tests.advocacy.library.reading import fields, words


def wall(moment):
    return moment.strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        ("2020-01-01T10:00", "This time has passed."),
        (wall(datetime.now(UTC) + timedelta(days=33)), "within the next 31 days"),
        ("tomorrow", "This is not a day and time."),
        ("2026-13-45T99:99", "This is not a day and time."),
        ("2026-W50", "This is not a day and time."),
        ("20261201T1000", "This is not a day and time."),
        ("2026-12-01", "This is not a day and time."),
        ("2026-12-01 10:00", "This is not a day and time."),
        ("2026-12-01T10:00:00.5", "This is not a day and time."),
    ],
)
def test_a_time_that_cannot_be_is_refused_beside_its_field(desk, stored, at, sentence):
    kept = refused(desk, desk.share(TEXT, at=at), "at", sentence)
    assert kept["at"] == at
    assert kept["text"].replace("\r\n", "\n") == TEXT
    assert stored() == []


def test_a_time_beyond_the_connections_life_is_said_at_once_and_can_be_planned(
    desk, stored, session, me
):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = now() + timedelta(days=3)
    session.commit()
    at = wall(now() + timedelta(days=4))
    page = desk.share(TEXT, at=at)  # also with the script
    assert "Your connection with LinkedIn ends before that time." in words(page)
    assert stored() == []
    sent = fields(page, desk.action)
    answer = desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert answer.location == "/shares"
    (share,) = stored()
    assert share.state is ShareState.SCHEDULED
    assert share.wall_time == at


def test_a_time_after_the_item_has_left_is_refused(desk, stored, session, story):
    story.expires_at = now() + timedelta(days=2)
    session.commit()
    at = wall(now() + timedelta(days=5))
    refused(desk, desk.share(TEXT, at=at), "at", "By then this story has left")
    assert stored() == []


def test_with_a_time_the_buttons_say_plan(desk):
    at = wall(now() + timedelta(days=2))
    said = words(desk.press("preview", text=TEXT, at=at))
    assert said.count("Plan this post") == 2  # the second below the time
    said = words(desk.press("share"))
    assert "Confirm and plan" in said
    assert "Confirm and share" not in said


def test_without_a_time_the_buttons_say_share(desk):
    said = words(desk.press("preview", text=TEXT))
    assert said.count("Plan this post") == 1
    assert 'data-when="planned" hidden><button' in desk.page.text
    assert "Confirm and share" in words(desk.press("share"))


def test_a_planned_share_says_when_in_the_persons_own_time(desk, stored):
    with clock_at(datetime(2026, 11, 18, 12, tzinfo=UTC)):
        desk.open()
        answer = desk.share(TEXT, at="2026-11-20T08:30")
        said = words(desk.browser.get(answer.location))
    assert "Planned for Friday 20 November at 08:30." in said
    assert "Friday 20 November at 08:30, Amsterdam time" in said
    assert stored()[0].due_at == datetime(2026, 11, 20, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "moment", "sentence", "due"),
    [
        (
            "2027-03-28T02:30",
            datetime(2027, 3, 20, 12, tzinfo=UTC),
            "The clock skips 02:30 that day. It leaves at 03:30 instead.",
            datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        ),
        (
            "2027-10-31T02:30",
            datetime(2027, 10, 20, 12, tzinfo=UTC),
            "The clock shows 02:30 twice that day. It leaves the first time.",
            datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        ),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_is_said_before_it_is_stored(
    me, browser_of, session, story, stored, at, moment, sentence, due
):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = moment + timedelta(days=50)
    session.commit()
    with clock_at(moment):
        desk = Desk(browser_of(me), story)
        page = desk.share(TEXT, at=at)  # also with the script
        assert sentence in words(page)
        assert stored() == []
        sent = fields(page, desk.action)
        desk.browser.post(desk.action, data=sent | {"do": "confirm"})
    assert stored()[0].due_at == due
