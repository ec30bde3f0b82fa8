"""Posts that wait for a connection: said before connecting, on its page and after it, from the
pretend network to the screens of their owner.
"""

from datetime import timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.station import Station
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import (
    BASE_URL,
    make_item,
    queue,
    queue_due,
    state_of,
)

S = ShareState
WAITS = "Waits for you to connect again"
REFUSED = "LinkedIn no longer accepts the connection. Your text is kept."
THEN = "Once connected it leaves 60 seconds later, unless you change or cancel it."
ONE_WAITS = "1 post waits for a connection. Once connected it leaves 60 seconds later"
LEAVES = "1 post that waited leaves in 60 seconds. Until then you can undo or change it"
PLANNED = "1 planned post waits for a connection. Connect by its time"
NOT_CONNECTED = "Your LinkedIn account is not connected now."
TWO_DAYS = timedelta(days=2)


@pytest.fixture
def publish(outside, session, tmp_path):
    station = Station(outside, BASE_URL, "test-worker", spool=None)

    def publish(share):
        session.commit()
        publish_share(share.id, station)
        return state_of(session, share)

    return publish


@pytest.fixture
def revoked(session, ivo, sandbox, publish):
    """A post that found its connection revoked at LinkedIn."""
    ivo.connect()
    for token in sandbox.memory.tokens.values():
        token.status = "revoked"
    account = account_of(session, ivo.person.id, LINKEDIN)
    account.connected_at = now() - timedelta(days=1)
    share = queue_due(session, ivo.person, make_item(session))
    assert publish(share) is S.NEEDS_RECONNECT
    return share


@pytest.fixture
def planned(session, ivo):
    """For the day after tomorrow."""
    ivo.connect()
    wall_time = (now() + TWO_DAYS).strftime("%Y-%m-%dT%H:%M")
    share = queue(session, ivo.person, make_item(session), wall_time=wall_time)
    session.commit()
    return share


def let_go(ivo):
    return ivo.client.post("/accounts/linkedin/disconnect", follow_redirects=True)


def shares_of(ivo):
    return words(ivo.client.get("/shares"))


def test_every_page_on_the_way_says_what_becomes_of_a_post_that_waits(ivo, revoked):
    for said in (WAITS, f"{REFUSED} {THEN}", "Connect again", "Cancel this post"):
        assert said in shares_of(ivo)
    for page in ("/consent", "/accounts"):
        assert ONE_WAITS in words(ivo.client.get(page))

    ivo.come_back()

    assert ONE_WAITS in words(ivo.client.get("/accounts/linkedin/confirm"))


@pytest.mark.parametrize("way", ["undo", "time"])
def test_connected_again_it_is_held_and_can_be_undone_or_changed(
    session, ivo, revoked, publish, sandbox, way
):
    assert ivo.connect(come_back_to="/shares").location == "/shares"

    page = ivo.client.get("/shares")

    assert LEAVES in words(page)
    assert WAITS not in words(page)
    assert 'data-hold="' in page.text
    assert f"/shares/{revoked.public_id}/{way}" in page.text
    assert publish(revoked) is S.SCHEDULED
    assert sandbox.posts() == []
    if way == "undo":
        ivo.client.post(f"/shares/{revoked.public_id}/undo")
        assert state_of(session, revoked) is S.CANCELLED


def test_left_alone_it_leaves_when_its_hold_is_over(
    session, ivo, revoked, publish, sandbox
):
    ivo.connect()
    revoked.next_at = now()  # as if the hold were over
    assert publish(revoked) is S.PUBLISHED
    assert [post["text"] for post in sandbox.posts()] == ["I was there."]


def test_what_waited_too_long_is_not_promised_to_leave(session, ivo, revoked):
    revoked.due_at = now() - timedelta(hours=7)
    session.commit()
    assert "Not posted" in shares_of(ivo)
    assert "It has waited too long to leave by itself" in shares_of(ivo)
    assert "1 post has waited too long" in words(ivo.client.get("/consent"))

    ivo.connect()

    assert "1 post has waited too long" in ivo.words()
    assert state_of(session, revoked) is S.MISSED
    assert "Send it now" in shares_of(ivo)


def test_on_another_profile_it_is_said_before_that_it_does_not_leave(ivo, revoked):
    ivo.come_back("Ivo Privé")
    said = words(ivo.client.get("/accounts/linkedin/confirm"))
    assert "1 post that you confirmed for another LinkedIn account does not" in said
    assert ONE_WAITS not in said


def test_where_nothing_waits_nothing_is_said(ivo):
    ivo.come_back()
    for page in ("/accounts/linkedin/confirm", "/accounts", "/consent"):
        assert "waits for a connection" not in words(ivo.client.get(page))
    ivo.confirm()
    assert "waited" not in ivo.words()


def test_after_disconnecting_it_says_how_many_plans_wait_and_what_helps(ivo, planned):
    assert PLANNED not in ivo.words()
    said = words(let_go(ivo))
    assert "its key is deleted" in said
    assert f"{PLANNED} and it leaves as planned; you can cancel it under" in said


def test_a_plan_without_a_connection_says_so_and_leads_to_one(session, ivo, planned):
    assert NOT_CONNECTED not in shares_of(ivo)
    let_go(ivo)
    page = ivo.client.get("/shares")
    assert f"{NOT_CONNECTED} Connect it by then" in words(page)
    assert "/consent?come_back_to=/shares" in page.text
    for way in ("time", "undo"):
        assert f"/shares/{planned.public_id}/{way}" in page.text

    ivo.connect()

    assert NOT_CONNECTED not in shares_of(ivo)
    at = planned.next_at
    session.refresh(planned)
    assert planned.next_at == at


@pytest.mark.parametrize("end", ["refused", "expired"])
def test_a_connection_that_ended_by_itself_is_said_in_the_plan_too(
    session, ivo, planned, end
):
    account = account_of(session, ivo.person.id, LINKEDIN)
    if end == "refused":
        account.refused_at = now()
    else:
        account.expires_at = now() - timedelta(minutes=1)
    session.commit()
    assert NOT_CONNECTED in shares_of(ivo)


def test_a_hold_without_a_connection_counts_no_seconds(session, ivo):
    ivo.connect()
    queue(session, ivo.person, make_item(session))
    session.commit()
    let_go(ivo)
    page = ivo.client.get("/shares")
    assert "data-hold" not in page.text
    for said in (WAITS, f"{NOT_CONNECTED} {THEN}", "Cancel this post"):
        assert said in words(page)
    assert "Undo" not in words(page)
