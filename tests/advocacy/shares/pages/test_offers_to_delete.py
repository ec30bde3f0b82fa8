"""Where deleting a post is offered and promised, and where it is left to its owner."""

from datetime import timedelta

from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.models import ShareState
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.pages.pressing import POST, press

S = ShareState


def test_a_key_kept_for_a_post_still_deletes_it(reader, keep, session, me):
    share = keep(S.PUBLISHED, post_id="urn:li:share:1")
    session.delete(session.scalar(select(Account).where(Account.person_id == me.id)))
    session.add(
        LastToken(
            share_id=share.id,
            member_id="m",
            token_locked=b"x",
            token_key_id="k1",
            until=now() + timedelta(minutes=1),
        )
    )
    session.commit()
    assert "Delete the post" in words(reader.get("/shares"))


def test_what_was_to_be_deleted_is_not_promised_without_a_key(
    reader, session, me, keep
):
    keep(
        S.PUBLISHED_UNVERIFIED,
        reason="said_so",
        take_off_again=True,
        post_address="https://www.linkedin.com/feed/update/urn:li:share:7000/",
    )
    assert "and can do so now." in words(reader.get("/shares"))
    session.delete(session.scalar(select(Account).where(Account.person_id == me.id)))
    session.commit()
    said = words(reader.get("/shares"))
    assert "You wanted it deleted. Do so on LinkedIn." in said
    assert "do so now" not in said


def test_what_is_on_the_wire_can_be_deleted_when_it_arrives(session, reader, keep):
    share = keep(ShareState.SENDING)
    assert "Delete it as soon as it is there" in words(reader.get("/shares"))

    press(reader, share, "stop")

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


def test_a_doubt_after_a_withdrawal_promises_no_deleting_from_here(
    reader, session, keep
):
    share = keep(S.UNCERTAIN, reason="consent_too_late", take_off_again=True)
    said = words(reader.get("/shares"))
    assert "You asked us to delete it" not in said
    assert "if it is there and should not be, delete it on LinkedIn." in said

    page = press(reader, share, "there")

    assert "You can delete it on LinkedIn." in words(page)
    assert "delete it from here" not in words(reader.get("/shares"))


def test_an_address_that_names_an_activity_is_nothing_to_delete_by(reader, keep):
    keep(S.PUBLISHED_UNVERIFIED, post_address=POST.replace("share", "activity"))

    assert "Delete the post" not in words(reader.get("/shares"))


def test_a_post_that_was_pasted_is_not_ours_to_delete(reader, keep):
    keep(S.TOLD, post_address=POST)

    assert "Delete the post" not in words(reader.get("/shares"))
