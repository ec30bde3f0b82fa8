"""What the page What I allow asks while a post is on the wire, and what it then says."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from integrations.clock import now

S = ShareState
BOX = 'name="delete_again" checked'


@pytest.fixture
def leaving(keep):
    return keep(
        S.SENDING, lease_owner="w/1", lease_until=now() + timedelta(seconds=100)
    )


def kept(session):
    session.expire_all()
    rows = session.scalars(select(Account)).all(), session.scalars(select(LastToken))
    return len(rows[0]), len(rows[1].all())


@pytest.mark.parametrize("state", [s for s in S if s is not S.SENDING])
def test_nothing_is_asked_while_nothing_is_leaving(reader, keep, state):
    keep(state)
    assert "delete_again" not in reader.get("/consent").text


def test_it_is_asked_at_both_buttons_and_ticked(reader, leaving):
    assert reader.get("/consent").text.count(BOX) == 2


@pytest.mark.parametrize("address", ["/consent/p1", "/consent/everything-off"])
@pytest.mark.parametrize("form", [{}, {"asked": "yes", "delete_again": "on"}])
def test_ticked_or_never_asked_it_is_to_be_deleted(
    session, reader, leaving, address, form
):
    reader.post(address, data={"answer": "off"} | form)

    assert kept(session) == (0, 1)
    session.refresh(leaving)
    assert (leaving.stop_requested, leaving.take_off_again) == (True, True)
    said = reader.get("/consent").text
    assert "A post is just leaving. If LinkedIn says in time that it arrived" in said
    assert "It is deleted as soon as it is there." in reader.get("/shares").text


@pytest.mark.parametrize("address", ["/consent/p1", "/consent/everything-off"])
def test_unticked_it_stays_and_no_key_is_kept(session, reader, leaving, address):
    reader.post(address, data={"answer": "off", "asked": "yes"})

    assert kept(session) == (0, 0)
    session.refresh(leaving)
    assert (leaving.stop_requested, leaving.take_off_again) == (True, False)
    assert "Delete it as soon as it is there" not in reader.get("/shares").text
    assert "A post is just leaving." not in reader.get("/consent").text


def test_without_a_post_on_the_wire_the_key_is_gone_at_once(session, reader):
    reader.post("/consent/p1", data={"answer": "off"})

    assert kept(session) == (0, 0)
    assert "The key from LinkedIn is gone." in reader.get("/consent").text


def test_while_its_key_is_kept_nobody_is_shown_as_connected(reader, me, leaving):
    reader.post("/consent/p1", data={"answer": "off"})
    reader.post("/consent/p1", data={"answer": "on"})

    assert f"Connected to {me.name}" not in reader.get("/consent").text


@pytest.mark.parametrize(
    ("state", "pending", "words"),
    [
        (S.PUBLISHED, True, "We are deleting it."),
        (S.PUBLISHED, False, "You can delete it on LinkedIn."),
        (S.REMOVED, True, "so we deleted it."),
        (S.UNCERTAIN, True, "It was already on its way when you turned"),
    ],
)
def test_my_shares_says_how_it_ended(reader, keep, state, pending, words):
    keep(
        state,
        reason=Reason.CONSENT_TOO_LATE,
        stop_requested=True,
        take_off_again=pending,
        post_id="urn:li:share:1",
        posted_at=now(),
    )
    assert words in reader.get("/shares").text
