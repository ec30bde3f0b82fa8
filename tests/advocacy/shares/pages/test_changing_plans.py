"""A plan is changed until it leaves, or refused with everything kept."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from integrations.clock import clock_at
from integrations.network import Visibility
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import queue
from tests.advocacy.shares.pages.pressing import press


def planned(session, me, item, at="2026-11-25T08:30"):
    share = queue(session, me, item, wall_time=at, time_zone="Europe/Amsterdam")
    session.commit()
    return share


MOMENT = datetime(2026, 11, 18, 12, tzinfo=UTC)


@pytest.fixture
def in_november(session, me):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = MOMENT + timedelta(days=50)
    session.commit()
    with clock_at(MOMENT):
        yield


def test_a_plan_can_be_changed_until_then(in_november, reader, session, me, item):
    share = planned(session, me, item)
    page = reader.get(f"/shares/{share.public_id}/time")
    typed = fields(page, "/time")
    assert typed["text"] == "I was there."
    assert typed["at"] == "2026-11-25T08:30"
    other = typed | {"text": "Other words.", "at": "2026-11-26T09:00"}
    page = press(reader, share, "time", **other)
    # Exactly what is on the screen leaves, so it is shown first.
    assert "Look at the post as it will leave now." in words(page)
    assert "Other words." in page.get_data(as_text=True).partition("post-text--all")[2]
    session.refresh(share)
    assert share.text == "I was there."
    page = press(reader, share, "time", **fields(page, "/time"))
    assert "Planned for Thursday 26 November at 09:00." in words(page)
    session.refresh(share)
    assert share.text == "Other words."
    assert share.due_at == datetime(2026, 11, 26, 8, tzinfo=UTC)
    assert share.visibility is Visibility.PUBLIC


@pytest.mark.parametrize(
    ("typed", "place", "sentence"),
    [
        ({"at": "2020-01-01T10:00"}, "at", "This time has passed."),
        ({"at": "2027-01-01T10:00"}, "at", "within the next 31 days"),
        ({"text": ""}, "text", "There are no words yet."),
        ({"text": "x" * 3001}, "text", "too long for LinkedIn"),
    ],
)
def test_a_change_that_cannot_be_is_refused_with_all_kept(
    in_november, reader, session, me, item, typed, place, sentence
):
    share = planned(session, me, item)
    sent = fields(reader.get(f"/shares/{share.public_id}/time"), "/time") | typed
    page = reader.post(f"/shares/{share.public_id}/time", data=sent)
    assert page.status_code == 422
    assert sentence in words(page)
    assert f'id="{place}-error"' in page.get_data(as_text=True)
    kept = fields(page, "/time")
    assert {name: kept[name] for name in typed} == typed
    session.refresh(share)
    assert share.text == "I was there."


@pytest.mark.parametrize("account_is", ["refused", "gone"])
def test_a_change_without_a_connection_keeps_what_was_typed_and_leads_to_one(
    in_november, reader, session, me, item, account_is
):
    share = planned(session, me, item)
    where = f"/shares/{share.public_id}/time"
    sent = fields(reader.get(where), "/time") | {"text": "Other words."}
    page = reader.post(where, data=sent)
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    if account_is == "gone":
        session.delete(account)
    else:
        account.refused_at = MOMENT
    session.commit()

    page = reader.post(where, data=fields(page, "/time"))

    assert page.status_code == 422
    assert fields(page, "/time")["text"] == "Other words."
    assert "so the change is not stored, and the post stays as it was." in words(page)
    assert "nothing was sent" not in words(page)
    # In a tab of its own: what is typed stays in this one.
    assert re.search(r'href="/consent[^"]*" target="_blank"', page.text)
    session.refresh(share)
    assert (share.text, share.state) == ("I was there.", "scheduled")


def test_a_time_that_the_clock_skips_is_said_before_it_is_kept(
    browser_of, session, me, item
):
    moment = datetime(2027, 3, 20, 12, tzinfo=UTC)
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = moment + timedelta(days=50)
    with clock_at(moment):
        reader = browser_of(me)
        share = planned(session, me, item, "2027-03-27T08:30")
        sent = fields(reader.get(f"/shares/{share.public_id}/time"), "/time")
        where = f"/shares/{share.public_id}/time"
        page = reader.post(where, data=sent | {"at": "2027-03-28T02:30"})
        assert "It leaves at 03:30 instead." in words(page)
        session.refresh(share)
        assert share.wall_time == "2027-03-27T08:30"
        reader.post(where, data=fields(page, "/time"))
    session.refresh(share)
    assert share.due_at == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)


def test_a_time_beyond_the_connections_life_is_said_before_it_is_kept(
    in_november, reader, session, me, item
):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    share = planned(session, me, item)
    account.expires_at = MOMENT + timedelta(days=9)
    session.commit()
    where = f"/shares/{share.public_id}/time"
    sent = fields(reader.get(where), "/time") | {"at": "2026-12-01T09:00"}
    page = reader.post(where, data=sent)
    assert "Your connection with LinkedIn ends before that time." in words(page)
    session.refresh(share)
    assert share.wall_time == "2026-11-25T08:30"
    reader.post(where, data=fields(page, "/time"))
    session.refresh(share)
    assert share.wall_time == "2026-12-01T09:00"


def test_two_plans_for_one_day_are_refused_kindly(
    in_november, reader, session, me, item
):
    planned(session, me, item)
    share = planned(session, me, item, "2026-11-26T08:30")
    sent = fields(reader.get(f"/shares/{share.public_id}/time"), "/time")
    page = reader.post(
        f"/shares/{share.public_id}/time", data=sent | {"at": "2026-11-25T10:00"}
    )
    assert page.status_code == 422
    assert "on that day already" in words(page)


def test_an_emptied_time_is_asked_about_once_more(
    in_november, reader, session, me, item
):
    share = planned(session, me, item)
    where = f"/shares/{share.public_id}/time"
    first = reader.get(where)
    assert "As it is planned" in words(first)
    page = reader.post(where, data=fields(first, "/time") | {"at": ""})
    said = words(page)
    assert "Without a time it leaves now: 60 seconds after you press." in said
    assert "Send it now" in said
    # Keys go on from the note; the button that was pressed comes next.
    note = page.text.partition('<div class="flash flash--unsure" role="status"')[2]
    assert note.startswith(' tabindex="-1" autofocus>')
    pressed = re.search(r"<(?:button|a|input|select|textarea) [^>]*>", note)[0]
    assert "data-share" in pressed
    session.refresh(share)
    assert share.wall_time == "2026-11-25T08:30"

    answer = reader.post(where, data=fields(page, "/time"))

    assert answer.location == "/shares"
    session.refresh(share)
    assert share.wall_time == ""
    assert share.due_at == MOMENT + timedelta(seconds=60)


def test_the_frame_says_which_post_it_shows(in_november, reader, session, me, item):
    share = planned(session, me, item)
    where = f"/shares/{share.public_id}/time"
    sent = fields(reader.get(where), "/time") | {"text": "Other words."}
    said = words(reader.post(where, data=sent))
    assert "As it will leave" in said
    assert "As it is planned" not in said
