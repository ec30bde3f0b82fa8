"""Every answer of reliability.md 2.5, from the network to the words its owner reads."""

from datetime import UTC, timedelta

import pytest
from werkzeug import Response

from advocacy.accounts.queries import account_of
from advocacy.people.roles import Role
from advocacy.shares.budget import used_by_app
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.sweeper import due_shares
from integrations.clock import now
from integrations.linkedin.versions import DEFAULT_VERSION
from tests.advocacy.library.reading import words
from tests.advocacy.shares.elsewhere import at
from tests.advocacy.shares.making import attempts, connect_account, make_item, queue_due
from tests.advocacy.shares.pages.pressing import press
from tests.advocacy.shares.pages.told import (
    AWAY,
    BUSY,
    DOUBT,
    DUPLICATE,
    LIVE,
    NEW,
    RECONNECT,
    REFUSED,
    TOMORROW,
    TOO_LONG,
    UNNAMED,
    VERSION,
)
from tests.advocacy.watch.watched import signed_in_with
from tests.integrations.linkedin.scripted import scripted
from tests.integrations.linkedin_sandbox.serving import running_sandbox


@pytest.mark.parametrize(
    ("answer", "told", "made"),
    [
        ("behave", LIVE, 1),
        ("created_without_id", UNNAMED, 1),
        ("too_long", TOO_LONG, 0),
        ("malformed", REFUSED, 0),
        ("forbidden", REFUSED, 0),
        ("not_found", REFUSED, 0),
        ("too_large", REFUSED, 0),
        ("unprocessable", REFUSED, 0),
        ("expired_token", RECONNECT, 0),
        ("version_gone", VERSION, 0),
        ("day_limit", TOMORROW, 0),
        ("app_day_limit", TOMORROW, 0),
        ("busy", BUSY, 0),
        ("request_timeout", DOUBT, 0),
        ("conflict", DOUBT, 0),
        ("error_without_commit", DOUBT, 0),
        ("bad_gateway", DOUBT, 0),
        ("unavailable_without_commit", DOUBT, 0),
        ("gateway_timeout_after_commit", DOUBT, 1),
        ("drop_before_commit", DOUBT, 0),
        ("drop_after_commit", DOUBT, 1),
        ("garbled_after_commit", DOUBT, 1),
        ("half_an_answer_after_commit", DOUBT, 1),
    ],
)
def test_an_answer_is_told_with_what_helps(sandbox, post, is_told, answer, told, made):
    sandbox.set_fault(answer)

    share = post()

    is_told(share, told)
    assert len(sandbox.posts()) == made
    assert sandbox.creates == 1


@pytest.mark.parametrize("answer", ["day_limit", "app_day_limit"])
def test_a_day_that_is_used_up_goes_on_after_midnight(sandbox, post, session, answer):
    sandbox.set_fault(answer)

    share = post()

    tried = attempts(session, share)[-1].armed_at
    assert timedelta() < share.next_at - tried <= timedelta(days=1, minutes=15)
    next_at = share.next_at.astimezone(UTC)
    assert (next_at.hour, next_at.minute // 15) in {(0, 0), (0, 1)}


@pytest.mark.parametrize(("age", "told"), [(0, NEW), (30, NEW), (60, RECONNECT)])
def test_a_token_of_less_than_a_minute_is_said_to_be_new(
    sandbox, session, known, post, is_told, age, told
):
    connected_at = now() - timedelta(seconds=age)
    account_of(session, known.id, "linkedin").connected_at = connected_at
    sandbox.set_fault("expired_token")

    is_told(post(), told)


def test_a_permission_that_is_missing_asks_to_connect_again(
    sandbox, session, me, post, is_told
):
    session.delete(account_of(session, me.id, "linkedin"))
    session.flush()
    less = sandbox.access_for(me.email, scopes=("openid", "profile"))
    connect_account(session, me, less)

    is_told(post(), RECONNECT)


def test_words_posted_before_are_told_to_change(session, post, reads, is_told):
    first = post("The same words.").post_address

    again = post("The same words.", make_item(session))

    is_told(again, DUPLICATE)
    assert first in reads(again)


def test_the_same_words_after_a_doubt_of_their_own_are_the_post(
    sandbox, session, post, is_told, reader, station
):
    sandbox.set_fault("drop_after_commit")
    share = post()
    press(reader, share, "again")
    session.refresh(share)
    share.next_at = now()  # as if the hold were over
    session.commit()
    publish_share(share.id, station)
    session.refresh(share)

    is_told(share, LIVE)
    assert len(sandbox.posts()) == 1


def test_an_answer_that_comes_too_late_is_a_doubt(session, me, station, post, is_told):
    with running_sandbox(slow_seconds=1) as slow:
        session.delete(account_of(session, me.id, "linkedin"))
        session.flush()
        connect_account(session, me, slow.access_for(me.email))
        slow.set_fault("late_after_commit")

        is_told(post(by=at(station, slow.address)), DOUBT)

        assert len(slow.posts()) == 1


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_yes_of_another_kind_is_a_doubt(station, post, is_told, status):
    with scripted(Response(status=status)) as other:
        is_told(post(by=at(station, other.address)), DOUBT)

    assert len(other.asked) == 1


@pytest.mark.parametrize("kind", ["refused", "no name", "no TLS"])
def test_a_network_out_of_reach_is_named(station, post, is_told, sandbox, kind):
    with running_sandbox() as gone:
        nobody = gone.address
    address = {
        "refused": nobody,
        "no name": "http://nowhere.invalid",
        "no TLS": sandbox.address.replace("http:", "https:"),
    }[kind]

    is_told(post(by=at(station, address)), AWAY)


def test_a_version_that_is_gone_pauses_posting_until_it_is_released(
    sandbox, session, me, item, station, post, is_told, reader, app, set_at
):
    admin = signed_in_with(app.test_client(), session, Role.ADMINISTRATOR)
    gone = "it answered that it no longer serves this version of its interface"
    set_at(dead_versions=[DEFAULT_VERSION])

    share, other = post(), queue_due(session, me, make_item(session), "Me too.")
    session.commit()
    publish_share(other.id, station)  # waits like everything else

    assert sandbox.creates == 1
    is_told(share, VERSION)
    assert gone in words(admin.get("/service"))
    assert gone in words(admin.get("/shares"))
    assert gone not in words(reader.get("/shares"))

    # Too early: the next one runs into the same answer, and costs nothing either.
    admin.post("/service/release")
    publish_share(share.id, station)
    session.refresh(share)
    assert sandbox.creates == 2
    is_told(share, VERSION)
    assert gone in words(admin.get("/service"))

    set_at(dead_versions=[])
    assert admin.post("/service/release").status_code == 302
    assert set(due_shares(session)) == {share.id, other.id}
    for each in (share, other):
        assert each.state is ShareState.SCHEDULED
        assert (each.tries, each.crash_count) == (0, 0)
    assert used_by_app(session, "linkedin", now().date()) == 0
    for each in (share, other):
        publish_share(each.id, station)
        session.refresh(each)

    assert other.state is ShareState.PUBLISHED
    assert gone not in words(admin.get("/shares"))
    is_told(share, LIVE)
