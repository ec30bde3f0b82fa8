"""What one presses on My shares, and what becomes of it."""

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.shares.models import ShareState
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import queue, state_of
from tests.advocacy.shares.pages.pressing import POST, press

S = ShareState


def test_undo_stops_it_and_says_so(reader, session, me, item):
    share = queue(session, me, item)
    session.commit()
    page = press(reader, share, "undo")
    assert "Undone. Nothing was sent." in words(page)
    assert state_of(session, share) is S.CANCELLED


def test_an_undo_that_comes_too_late_shows_how_it_stands(reader, session, keep):
    share = keep(S.SENDING)
    page = press(reader, share, "undo")
    assert page.status_code == 200
    assert "That had changed in the meantime." in words(page)
    assert state_of(session, share) is S.SENDING


def test_it_is_there_settles_the_doubt(reader, session, keep):
    share = keep(S.UNCERTAIN)
    assert "Noted: it is on LinkedIn." in words(press(reader, share, "there"))
    assert state_of(session, share) is S.PUBLISHED_UNVERIFIED
    press(reader, share, "address", address=POST)
    session.refresh(share)
    assert share.post_address.endswith("/feed/update/urn:li:share:7141138937766391808/")
    # A second press finds nothing left to settle.
    assert press(reader, share, "there").status_code == 200
    assert state_of(session, share) is S.PUBLISHED_UNVERIFIED


def test_it_is_not_there_shows_the_text_before_it_is_sent_again(reader, session, keep):
    share = keep(S.UNCERTAIN)
    page = reader.get(f"/shares/{share.public_id}/again")
    assert "Send it again?" in words(page)
    assert "people would see it twice" in words(page)
    assert "I was there." in words(page)
    page = press(reader, share, "again")
    assert "Leaves in 60 seconds" in words(page)
    assert state_of(session, share) is S.SCHEDULED


def test_it_is_not_there_and_need_not_be(reader, session, keep):
    share = keep(S.UNCERTAIN)
    said = words(press(reader, share, "leave"))
    assert "You told us it is not on LinkedIn." in said
    assert state_of(session, share) is S.CANCELLED


def test_a_missed_post_can_be_sent_now_or_left(reader, session, keep, item):
    share = keep(S.MISSED)
    page = reader.get(f"/shares/{share.public_id}/again")
    assert "Send it now?" in words(page)
    press(reader, share, "again")
    assert state_of(session, share) is S.SCHEDULED
    other = keep(S.MISSED)
    press(reader, other, "leave")
    assert state_of(session, other) is S.CANCELLED


def test_sending_again_without_an_account_says_what_helps(reader, session, me, keep):
    share = keep(S.UNCERTAIN)
    session.delete(session.scalar(select(Account).where(Account.person_id == me.id)))
    session.commit()
    page = press(reader, share, "again")
    assert page.status_code == 422
    assert "No LinkedIn account is connected" in words(page)
    assert state_of(session, share) is S.UNCERTAIN


def test_what_cannot_be_sent_again_is_said_before_anything_is_pressed(
    reader, session, me, keep
):
    share = keep(S.UNCERTAIN)
    where = f"/shares/{share.public_id}"
    ready = reader.get(f"{where}/again")
    assert "Confirm and send again" in words(ready)
    assert "/consent?come_back_to" not in ready.text
    withdraw(session, me, Purpose.POST_FOR_ME, "en", "a test", now(), [])
    session.commit()

    page = reader.get(f"{where}/again")

    assert page.status_code == 200
    assert "“Post for me” is off" in words(page)
    assert "Confirm and send again" not in words(page)
    for way in ("/consent?come_back_to", f"{where}/text", f"{where}/leave"):
        assert way in page.text
    assert state_of(session, share) is S.UNCERTAIN


def test_what_goes_out_that_day_already_is_not_offered_to_be_sent_again(
    reader, session, me, item, keep
):
    queue(session, me, item, time_zone="Europe/Amsterdam")
    session.commit()
    share = keep(S.MISSED)
    said = words(reader.get(f"/shares/{share.public_id}/again"))
    assert "We post about a story once a day for you" in said
    assert "post this one yourself" in said
    assert "Confirm and send" not in said


@pytest.mark.parametrize(
    ("state", "way"), [(S.SENDING, "time"), (S.FAILED, "again"), (S.TOLD, "delete")]
)
def test_a_page_for_what_is_over_leads_back_to_the_list(
    reader, session, keep, state, way
):
    share = keep(state)
    page = reader.get(f"/shares/{share.public_id}/{way}", follow_redirects=True)
    assert page.status_code == 200
    assert "This is how it stands now." in words(page)


def test_an_empty_address_is_asked_for_again(reader, keep):
    share = keep(S.PUBLISHED_UNVERIFIED)
    page = press(reader, share, "address", address="  ")
    assert page.status_code == 422
    assert "Paste the post’s address here" in words(page)


def test_the_text_can_be_taken_along_from_any_state(reader, keep):
    for state in (S.FAILED, S.NEEDS_RECONNECT, S.CANCELLED):
        share = keep(state)
        page = reader.get(f"/shares/{share.public_id}/text")
        assert "I was there.</textarea>" in page.get_data(as_text=True)
        assert "I posted it" not in words(page)


TWICE = "If you post it yourself, cancel it first, or it is there twice."


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (S.SCHEDULED, True),
        (S.READY, True),
        (S.NEEDS_RECONNECT, True),
        (S.MISSED, False),
        (S.FAILED, False),
        (S.COPIED, False),
    ],
)
def test_who_copies_what_we_still_mean_to_post_is_told_to_cancel_it(
    reader, keep, state, said
):
    share = keep(state)
    page = reader.get(f"/shares/{share.public_id}/text").get_data(as_text=True)
    assert (TWICE in page) is said
    assert (f'action="/shares/{share.public_id}/undo"' in page) is said
