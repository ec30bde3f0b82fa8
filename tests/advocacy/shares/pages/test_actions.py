"""What one presses on My shares, and what becomes of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.accounts.operations import about_token
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.web.runtime import runtime
from integrations.clock import clock_at
from integrations.linkedin.client import LinkedIn
from integrations.network import Visibility
from tests.advocacy.library.reading import fields, words
from tests.advocacy.shares.making import put_into, queue, queue_due, state_of

S = ShareState
POST = "https://www.linkedin.com/feed/update/urn:li:share:7141138937766391808/"


def press(reader, share, way, **typed):
    return reader.post(
        f"/shares/{share.public_id}/{way}", data=typed, follow_redirects=True
    )


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
    page = press(
        reader,
        share,
        "time",
        **(typed | {"text": "Other words.", "at": "2026-11-26T09:00"}),
    )
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


@pytest.fixture
def settings(settings, sandbox):
    """The application speaks to the pretend network."""
    told = sandbox.settings_for_client()
    return replace(
        settings,
        linkedin_client_id=told.client_id,
        linkedin_client_secret=told.client_secret,
        linkedin_oauth_base=told.oauth_base,
        linkedin_api_base=told.api_base,
        linkedin_site_base=told.site_base,
    )


@pytest.fixture
def posted(app, session, sandbox, me, item, station):
    """A post that is really on the pretend network."""
    access = sandbox.access_for(f"{me.name} {me.id}")
    account = session.scalar(select(Account).where(Account.person_id == me.id))
    account.member_id = access.member_id
    with app.app_context():
        vault = runtime().outside.vault
    locked = vault.lock(access.token, about_token(me.id, "linkedin"))
    account.token_locked, account.token_key_id = locked.data, locked.key_id
    share = queue_due(session, me, item)
    session.commit()
    with app.app_context():
        outside = runtime().outside
    publish_share(share.id, replace(station, outside=outside))
    assert state_of(session, share) is S.PUBLISHED
    return share


def test_a_post_is_deleted_after_a_question(reader, session, sandbox, posted):
    page = reader.get(f"/shares/{posted.public_id}/delete")
    assert "Delete this post from LinkedIn?" in words(page)
    assert "This cannot be undone." in words(page)
    assert state_of(session, posted) is S.PUBLISHED
    assert "Deleted from LinkedIn." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.REMOVED
    # Again, from a page that was still open.
    assert press(reader, posted, "delete").status_code == 200


def test_what_is_not_on_the_network_as_ours_is_not_deleted_there(
    reader, session, sandbox, posted
):
    """Looked at before the call: what is deleted cannot be brought back."""
    put_into(session, posted, S.TOLD)
    session.commit()
    page = press(reader, posted, "delete")
    assert "This is how it stands now." in words(page)
    assert [post["deleted"] for post in sandbox.posts()] == [False]
    assert state_of(session, posted) is S.TOLD


def test_a_network_that_cannot_be_reached_leaves_the_post_and_says_so(
    app, reader, session, sandbox, posted
):
    nobody = sandbox.settings_for_client(api_base="http://127.0.0.1:9")
    with app.app_context():
        runtime().outside.networks["linkedin"] = LinkedIn(nobody)
    page = press(reader, posted, "delete")
    assert "The post is still there. Try again later." in words(page)
    assert state_of(session, posted) is S.PUBLISHED


def test_a_connection_that_was_taken_back_leaves_the_post_and_says_so(
    reader, session, sandbox, posted
):
    sandbox.revoke_all()
    assert "delete it there." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.PUBLISHED


def test_without_the_account_it_must_be_deleted_by_hand(reader, session, me, posted):
    session.delete(session.scalar(select(Account).where(Account.person_id == me.id)))
    session.commit()
    assert "delete it there." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.PUBLISHED


def test_what_is_on_the_wire_can_be_deleted_when_it_arrives(session, reader, keep):
    share = keep(ShareState.SENDING)
    assert "Delete it as soon as it is there" in words(reader.get("/shares"))

    reader.post(f"/shares/{share.public_id}/stop")

    said = words(reader.get("/shares"))
    assert "It is deleted as soon as it is there." in said
    assert "Delete it as soon as it is there" not in said
    session.refresh(share)
    assert (share.stop_requested, share.take_off_again) == (True, True)


def test_a_doubt_about_what_was_to_be_deleted_says_both(reader, keep):
    keep(S.UNCERTAIN, reason="stopped_too_late", take_off_again=True)

    said = words(reader.get("/shares"))

    assert "We could not see whether LinkedIn took it" in said
    assert "You asked us to delete it as soon as it is there." in said
    assert "Please look on LinkedIn and tell us." in said


def test_it_is_there_leads_to_deleting_it_where_that_was_wished(
    reader, session, sandbox, posted
):
    address = posted.post_address
    put_into(session, posted, S.UNCERTAIN)
    posted.reason = "stopped_too_late"
    posted.take_off_again, posted.post_id, posted.post_address = True, None, None
    session.commit()

    page = press(reader, posted, "there")
    assert "Say where, and you can delete it at once." in words(page)
    assert "Do so on LinkedIn, or add its address" in words(reader.get("/shares"))
    page = press(reader, posted, "address", address=address)
    assert "Delete this post from LinkedIn?" in words(page)
    assert "and can do so now." in words(reader.get("/shares"))

    assert "Deleted from LinkedIn." in words(press(reader, posted, "delete"))
    assert state_of(session, posted) is S.REMOVED
    assert [post["deleted"] for post in sandbox.posts()] == [True]


def test_a_doubt_after_a_withdrawal_promises_no_deleting_from_here(
    reader, session, keep
):
    share = keep(S.UNCERTAIN, reason="consent_too_late", take_off_again=True)

    page = press(reader, share, "there")

    assert "You can delete it on LinkedIn." in words(page)
    assert "delete it from here" not in words(reader.get("/shares"))


def test_a_post_whose_owner_said_where_it_is_can_be_deleted(
    reader, session, sandbox, posted
):
    put_into(session, posted, S.PUBLISHED_UNVERIFIED)
    posted.post_id = None
    session.commit()
    assert "Delete the post" in words(reader.get("/shares"))

    assert "Deleted from LinkedIn." in words(press(reader, posted, "delete"))

    assert state_of(session, posted) is S.REMOVED
    assert [post["deleted"] for post in sandbox.posts()] == [True]
    # A second press finds nothing left to delete.
    assert "This is how it stands now." in words(press(reader, posted, "delete"))


def test_a_told_address_of_somebody_elses_post_deletes_nothing(
    reader, session, sandbox, posted
):
    stranger = sandbox.access_for("Somebody Else")
    account = session.scalar(
        select(Account).where(Account.person_id == posted.person_id)
    )
    account.member_id = stranger.member_id
    with reader.application.app_context():
        vault = runtime().outside.vault
    about = about_token(posted.person_id, "linkedin")
    account.token_locked = vault.lock(stranger.token, about).data
    put_into(session, posted, S.PUBLISHED_UNVERIFIED)
    posted.post_id = None
    session.commit()

    page = press(reader, posted, "delete")

    assert "The post is still there." in words(page)
    assert [post["deleted"] for post in sandbox.posts()] == [False]


def test_an_address_that_names_an_activity_is_nothing_to_delete_by(reader, keep):
    keep(S.PUBLISHED_UNVERIFIED, post_address=POST.replace("share", "activity"))

    assert "Delete the post" not in words(reader.get("/shares"))


def test_a_post_that_was_pasted_is_not_ours_to_delete(reader, keep):
    keep(S.TOLD, post_address=POST)

    assert "Delete the post" not in words(reader.get("/shares"))
