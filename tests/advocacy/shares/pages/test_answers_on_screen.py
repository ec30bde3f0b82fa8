"""Every answer of reliability.md 2.5, from the network to the words its owner reads."""

from html import unescape

import pytest
from sqlalchemy import select

from advocacy.accounts.queries import account_of
from advocacy.people.roles import Role
from advocacy.shares.budget import used_by_app
from advocacy.shares.models import Share, ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.sweeper import due_shares
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.elsewhere import at
from tests.advocacy.shares.making import connect_account, make_item, queue_due
from tests.advocacy.shares.pages.pressing import press
from tests.advocacy.watch.watched import signed_in_with
from tests.integrations.linkedin_sandbox.serving import running_sandbox

LIVE = ("Posted on", "Open on LinkedIn")
UNNAMED = ("LinkedIn took it, and did not say where it stands.", "Look on LinkedIn")
DOUBT = (
    "We could not see whether LinkedIn took it",
    "LinkedIn gave no clear answer when we sent it.",
    "We will not send it again by ourselves.",
    "Look on LinkedIn",
    "It is there",
    "It is not there",
)
REFUSED = ("LinkedIn did not accept this post. Your text is kept.", "Write again")
TOO_LONG = (
    "LinkedIn found the text too long. Shorten it, and it can go.",
    "Write again",
)
RECONNECT = ("LinkedIn no longer accepts the connection.", "Connect again")
BUSY = ("We try again", "LinkedIn asked us to wait. Nothing was posted yet.", "Cancel")
TOMORROW = ("We try again", "it goes on after midnight UTC.", "Cancel")
VERSION = (
    "Waits until posting goes on",
    "An administrator has to look first",
    "Cancel",
)
NEW = ("We try again", "LinkedIn does not know your new connection yet.", "Cancel")
AWAY = ("We try again", "LinkedIn could not be reached. Nothing was sent yet.")
DUPLICATE = ("LinkedIn says you posted the same words just before.", "Write again")


@pytest.fixture
def me(me, session, sandbox):
    """Somebody whose account is known to the pretend network."""
    session.delete(account_of(session, me.id, "linkedin"))
    session.flush()
    connect_account(session, me, sandbox.access_for(me.email))
    session.commit()
    return me


@pytest.fixture
def post(session, me, item, station):
    def go(text="I was there.", what=None, by=station):
        share = queue_due(session, me, what or item, text)
        session.commit()
        publish_share(share.id, by)
        session.refresh(share)
        return share

    return go


@pytest.fixture
def reads(reader):
    """What stands about one share on the page of its owner."""

    def read(share):
        page = unescape(reader.get("/shares").text)
        return page.partition(f'id="share-{share.public_id}"')[2].partition("</li>")[0]

    return read


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("behave", LIVE),
        ("created_without_id", UNNAMED),
        ("too_long", TOO_LONG),
        ("malformed", REFUSED),
        ("forbidden", REFUSED),
        ("not_found", REFUSED),
        ("too_large", REFUSED),
        ("unprocessable", REFUSED),
        ("expired_token", RECONNECT),
        ("version_gone", VERSION),
        ("day_limit", TOMORROW),
        ("app_day_limit", TOMORROW),
        ("busy", BUSY),
        ("request_timeout", DOUBT),
        ("conflict", DOUBT),
        ("error_without_commit", DOUBT),
        ("bad_gateway", DOUBT),
        ("unavailable_without_commit", DOUBT),
        ("gateway_timeout_after_commit", DOUBT),
        ("drop_before_commit", DOUBT),
        ("drop_after_commit", DOUBT),
        ("garbled_after_commit", DOUBT),
        ("half_an_answer_after_commit", DOUBT),
    ],
)
def test_an_answer_is_told_with_what_helps(sandbox, post, reads, answer, words):
    sandbox.set_fault(answer)

    said = reads(post())

    assert [each for each in words if each not in said] == []
    assert "I was there." in said


def test_a_new_token_is_said_to_be_new(sandbox, session, me, post, reads):
    account_of(session, me.id, "linkedin").connected_at = now()
    sandbox.set_fault("expired_token")

    said = reads(post())

    assert [each for each in NEW if each not in said] == []


def test_a_permission_that_is_missing_asks_to_connect_again(
    sandbox, session, me, post, reads
):
    session.delete(account_of(session, me.id, "linkedin"))
    session.flush()
    less = sandbox.access_for(me.email, scopes=("openid", "profile"))
    connect_account(session, me, less)

    said = reads(post())

    assert [each for each in RECONNECT if each not in said] == []


def test_words_posted_before_are_told_to_change(session, post, reads):
    post("The same words.")
    first = session.scalars(select(Share.post_address)).one()
    again = post("The same words.", make_item(session))

    said = reads(again)

    assert [each for each in (*DUPLICATE, first) if each not in said] == []


def test_the_same_words_after_a_doubt_of_their_own_are_the_post(
    sandbox, session, post, reads, reader, station
):
    sandbox.set_fault("drop_after_commit")
    share = post()
    press(reader, share, "again")
    session.refresh(share)
    share.next_at = now()  # as if the hold were over
    session.commit()
    publish_share(share.id, station)

    said = reads(share)

    assert [each for each in LIVE if each not in said] == []
    assert len(sandbox.posts()) == 1


def test_an_answer_that_comes_too_late_is_a_doubt(session, me, station, post, reads):
    with running_sandbox(slow_seconds=1) as slow:
        session.delete(account_of(session, me.id, "linkedin"))
        session.flush()
        connect_account(session, me, slow.access_for(me.email))
        slow.set_fault("late_after_commit")

        said = reads(post(by=at(station, slow.address)))

        assert len(slow.posts()) == 1
    assert [each for each in DOUBT if each not in said] == []


@pytest.mark.parametrize("kind", ["refused", "no name", "no TLS"])
def test_a_network_out_of_reach_is_named(station, post, reads, sandbox, kind):
    with running_sandbox() as gone:
        nobody = gone.address
    address = {
        "refused": nobody,
        "no name": "http://nowhere.invalid",
        "no TLS": sandbox.address.replace("http:", "https:"),
    }[kind]

    share = post(by=at(station, address))

    assert share.state is ShareState.SCHEDULED
    assert [each for each in AWAY if each not in reads(share)] == []


def test_a_version_that_is_gone_pauses_posting_until_it_is_released(
    sandbox, session, me, item, station, post, reads, reader, app
):
    admin = signed_in_with(app.test_client(), session, Role.ADMINISTRATOR)
    sandbox.set_fault("version_gone", times=1)

    share, other = post(), queue_due(session, me, make_item(session), "Me too.")
    session.commit()
    publish_share(other.id, station)  # waits like everything else

    assert sandbox.creates == 1
    assert share.state is other.state is ShareState.SCHEDULED
    assert share.crash_count == other.crash_count == 0
    assert used_by_app(session, "linkedin", now().date()) == 0
    assert [each for each in VERSION if each not in reads(share)] == []
    gone = "it answered that it no longer serves this version of its interface"
    assert gone in words(admin.get("/service"))
    assert gone in words(admin.get("/shares"))
    assert gone not in words(reader.get("/shares"))

    assert admin.post("/service/release").status_code == 302
    assert set(due_shares(session)) == {share.id, other.id}
    for each in (share, other):
        publish_share(each.id, station)
        session.refresh(each)

    assert share.state is other.state is ShareState.PUBLISHED
    assert gone not in words(admin.get("/shares"))
    assert [each for each in LIVE if each not in reads(share)] == []
