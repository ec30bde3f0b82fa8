"""A token that ends, is renewed, or is refused while a post is due."""

from dataclasses import replace
from datetime import timedelta

import pytest

from advocacy.accounts.queries import account_of
from advocacy.shares.models import ShareState
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.web.logs import set_up_logs
from integrations.clock import now
from integrations.errors import NotDone
from tests.advocacy.shares.making import (
    attempts,
    connect_account,
    make_item,
    make_person,
    make_station,
    queue_due,
    state_of,
)
from tests.advocacy.shares.renewable import renewable
from tests.integrations.linkedin_sandbox.serving import running_sandbox

TEN_DAYS = timedelta(days=10)


@pytest.fixture
def sandbox():
    """One that gives what renews a token."""
    with running_sandbox(partner=True) as sandbox:
        yield sandbox


@pytest.mark.parametrize("ends_in", [TEN_DAYS, -TEN_DAYS])
def test_a_due_post_renews_the_token_that_ends_soon_or_has_ended(
    session, item, station, sandbox, ends_in
):
    person = renewable(session, sandbox, ends_in=ends_in)
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.PUBLISHED
    account = account_of(session, person.id, "linkedin")
    assert account.token_version == 2
    assert account.expires_at > now() + timedelta(days=59)


def test_a_token_with_time_left_is_not_renewed(session, item, station, sandbox):
    person = renewable(session, sandbox, ends_in=timedelta(days=20))
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.PUBLISHED
    assert account_of(session, person.id, "linkedin").token_version == 1


def test_while_no_token_can_be_had_the_post_waits_and_at_last_its_owner_is_told(
    session, item, station, sandbox, monkeypatch
):
    person = renewable(session, sandbox, ends_in=-TEN_DAYS)
    share = queue_due(session, person, item)
    session.commit()

    def away(*_args: object) -> None:
        raise NotDone("away", code="timeout")

    monkeypatch.setattr("integrations.linkedin.sign_on.LinkedInSignOn.refresh", away)
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.SCHEDULED
    assert account_of(session, person.id, "linkedin").refused_at is None
    share.due_at -= timedelta(hours=7)
    session.commit()
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.MISSED
    assert sandbox.creates == 0


def test_what_linkedin_no_longer_renews_asks_for_a_new_connection(
    session, item, station, sandbox
):
    person = renewable(session, sandbox, ends_in=-TEN_DAYS)
    share = queue_due(session, person, item)
    session.commit()
    sandbox.revoke_all()
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.NEEDS_RECONNECT


@pytest.mark.parametrize("status", ["revoked", "expired"])
def test_a_refused_token_is_asked_about_once_and_its_owner_connects_again(
    session, person, item, station, sandbox, capsys, status
):
    set_up_logs()  # to where this test listens
    share = queue_due(session, person, item)
    session.commit()
    sandbox.revoke_all(status)
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.NEEDS_RECONNECT
    assert share.reason == Reason.ACCESS_REFUSED
    said = [
        line for line in capsys.readouterr().err.splitlines() if "token_refused" in line
    ]
    assert len(said) == 1
    assert f'"code": "{status}"' in said[0] or f"code={status}" in said[0]


def test_a_new_token_that_is_not_known_yet_is_not_asked_about(
    session, person, item, station, sandbox, capsys
):
    set_up_logs()
    account = account_of(session, person.id, "linkedin")
    account.connected_at = now()
    share = queue_due(session, person, item)
    session.commit()
    sandbox.revoke_all()
    publish_share(share.id, station)
    assert state_of(session, share) is ShareState.SCHEDULED
    assert share.reason == Reason.NEW_ACCESS
    assert "token_refused" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("unknown_for", "state"),
    [
        (1, ShareState.PUBLISHED),
        (2, ShareState.PUBLISHED),
        (3, ShareState.PUBLISHED),
        (4, ShareState.NEEDS_RECONNECT),
    ],
)
def test_a_new_token_is_tried_again_after_one_three_and_eight_seconds(
    session, tmp_path, unknown_for, state
):
    waits = []
    with running_sandbox(slow_to_know_tokens=unknown_for) as sandbox:
        station = make_station(sandbox, session.get_bind().engine, tmp_path)
        person = make_person(session)
        access = sandbox.access_for("Ivo Terpstra")
        connect_account(session, person, access, connected_at=now())
        share = queue_due(session, person, make_item(session))
        session.commit()
        publish_share(share.id, station)
        while state_of(session, share) is ShareState.SCHEDULED:
            assert share.reason == Reason.NEW_ACCESS
            publish_share(share.id, station)  # too early
            waits.append(share.next_at - attempts(session, share)[-1].closed_at)
            share.next_at = now()
            session.commit()
            publish_share(share.id, station)
        posts, creates = sandbox.posts(), sandbox.creates

    assert share.state is state
    assert len(posts) == (state is ShareState.PUBLISHED)
    assert creates == len(attempts(session, share)) == min(unknown_for, 3) + 1
    # With up to a fifth on top, so that not all come back at once.
    for wait, seconds in zip(waits, (1, 3, 8), strict=False):
        assert seconds <= wait.total_seconds() <= 1.2 * seconds + 1
    assert len(waits) == min(unknown_for, 3)


def test_when_linkedin_cannot_be_asked_the_outcome_is_the_same(
    session, person, item, station, sandbox
):
    share = queue_due(session, person, item)
    session.commit()
    sandbox.revoke_all()
    silent = type("Silent", (), {"token_state": _away})()
    outside = replace(station.outside, sign_ons={"linkedin": silent})
    publish_share(share.id, replace(station, outside=outside))
    assert state_of(session, share) is ShareState.NEEDS_RECONNECT


def _away(*_args: object) -> None:
    raise NotDone("away", code="timeout")
