"""What was typed about a post that had moved on by then is on the page that says so."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from integrations.clock import clock_at, now
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import put_into, queue, queue_due, state_of
from tests.advocacy.shares.pages.pressing import POST, press, press_on
from tests.advocacy.shares.pauses import pause

S = ShareState
TYPED = "Half an hour of careful new words.\n\n</textarea><script>alert(1)</script>"
SHOWN = "Half an hour of careful new words.\n\n&lt;/textarea&gt;&lt;script&gt;alert(1)"
CHANGED = "This post has changed in the meantime"
KEPT = "What you typed is not stored and not sent. It is kept below."
GONE = "It is no longer on your list."
GOES_ON = "Writing here does not stop it"


def where(share):
    return f"/shares/{share.public_id}/time"


@pytest.fixture
def held(session, me, item):
    share = queue(session, me, item)
    session.commit()
    return share


def text_kept(page):
    return f"readonly data-copy-from>{SHOWN}" in page.text


def test_typed_while_it_left_the_text_is_kept(
    browser_of, person, session, item, station, sandbox
):
    reader, share = browser_of(person), queue_due(session, person, item)
    session.commit()
    sent = fields(reader.get(where(share)), "/time") | {"text": TYPED}
    publish_share(share.id, station)
    assert state_of(session, share) is S.PUBLISHED

    page = reader.post(where(share), data=sent)

    assert page.status_code == 422
    assert text_kept(page)
    for said in (CHANGED, KEPT, "Copy my text", "See how it stands now"):
        assert said in words(page)
    assert [post["text"] for post in sandbox.posts()] == ["I was there."]
    assert "Posted" in words(reader.get("/shares"))


@pytest.mark.parametrize("do", ["change", "preview", "disclose", "back", ""])
@pytest.mark.parametrize("state", [S.PREPARING, S.READY, S.SENDING, S.CANCELLED])
def test_whatever_was_pressed_and_however_far_it_is_the_text_is_kept(
    reader, session, held, do, state
):
    sent = fields(reader.get(where(held)), "/time") | {"text": TYPED, "do": do}
    put_into(session, held, state)
    session.commit()
    page = reader.post(where(held), data=sent)
    assert page.status_code == 422
    assert text_kept(page)
    assert state_of(session, held) is state
    assert held.text == "I was there."


def test_taken_off_the_list_in_another_tab_the_text_is_kept_too(reader, session, held):
    sent = fields(reader.get(where(held)), "/time") | {"text": TYPED}
    press(reader, held, "undo")
    press(reader, held, "take-off")
    page = reader.post(where(held), data=sent)
    assert session.scalars(select(Share)).all() == []
    assert page.status_code == 404
    assert text_kept(page)
    assert GONE in words(page)


@pytest.mark.parametrize(
    ("way", "from_state", "to_state"),
    [
        ("address", S.PUBLISHED_UNVERIFIED, S.UNCERTAIN),
        ("told", S.COPIED, S.CANCELLED),
    ],
)
def test_an_address_that_comes_too_late_is_kept(
    reader, session, held, way, from_state, to_state
):
    put_into(session, held, from_state)
    session.commit()
    page = "address" if way == "address" else "text"
    form = reader.get(f"/shares/{held.public_id}/{page}")
    sent = fields(form, f"/{way}") | {"address": POST}
    put_into(session, held, to_state)
    session.commit()

    page = press_on(reader, held, way, sent)

    assert page.status_code == 422
    assert f'value="{POST}" readonly data-copy-from' in page.text
    for said in (CHANGED, KEPT, "Copy the address"):
        assert said in words(page)
    session.refresh(held)
    assert (held.state, held.post_address) == (to_state, None)


def test_with_nothing_typed_the_list_is_the_answer(reader, session, held):
    put_into(session, held, S.PUBLISHED_UNVERIFIED)
    session.commit()
    page = press_on(reader, held, "undo", {})
    assert "This is how it stands now." in words(page)
    assert CHANGED not in words(page)


def test_the_page_says_when_it_leaves_and_that_writing_does_not_stop_it(
    reader, session, me, item
):
    noon = datetime(2026, 11, 18, 12, tzinfo=UTC)
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.expires_at = noon + timedelta(days=50)
    with clock_at(noon):
        zone = {"time_zone": "Europe/Amsterdam"}
        share = queue(session, me, item, wall_time="2026-11-25T08:30", **zone)
        session.commit()
        when = "It leaves unchanged on Wednesday 25 November at 08:30, Amsterdam time"
        assert f"{when}, unless you confirm a change before then. {GOES_ON}" in words(
            reader.get(where(share))
        )
        # Held back once more it leaves then, and not when it was to leave.
        share.due_at, share.next_at = noon, noon + timedelta(minutes=1)
        session.commit()
        when = "It leaves unchanged on Wednesday 18 November at 13:01"
        assert when in words(reader.get(where(share)))
    with clock_at(noon + timedelta(minutes=2)):
        said = words(reader.get(where(share)))
        assert f"It is about to leave as it was. {GOES_ON}" in said


def test_while_posting_is_paused_no_time_is_promised_there(reader, session, held):
    pause(session, now() + timedelta(days=1))
    session.commit()
    said = words(reader.get(where(held)))
    assert "As soon as posting goes on it can leave as it was" in said
    assert GOES_ON in said
    assert "It leaves unchanged on" not in said


@pytest.mark.parametrize("state", [S.MISSED, S.NEEDS_RECONNECT])
def test_of_what_does_not_leave_by_itself_nothing_of_that_is_said(
    reader, session, held, state
):
    put_into(session, held, state)
    session.commit()
    assert GOES_ON not in words(reader.get(where(held)))


def test_without_a_connection_it_is_not_said_to_leave(reader, session, me, held):
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.refused_at = now()
    session.commit()
    assert GOES_ON not in words(reader.get(where(held)))


def test_another_language_for_the_page_keeps_what_is_typed_in_it(reader, session, held):
    sent = fields(reader.get(where(held)), "/time") | {"text": "New words."}
    page = reader.post(where(held), data=sent | {"page_language": "nl"})
    assert '<html lang="nl"' in page.text
    assert fields(page, "/time")["text"] == "New words."
    session.refresh(held)
    assert held.text == "I was there."
    assert 'form="send" formnovalidate name="page_language"' in page.text
