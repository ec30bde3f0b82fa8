"""Calls that were reserved and not made are there for other posts (reliability.md 2.10)."""

import json
from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import select

from advocacy.accounts.queries import account_of
from advocacy.outside import LINKEDIN
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.budget import count, used_by_app
from advocacy.shares.claiming import database_time
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import not_sent
from advocacy.shares.publishing import publish_share
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import CallBudget
from advocacy.shares.settling import settle_attempt
from advocacy.shares.spool import Spool
from content.items import ItemKind
from integrations.breaker import RESTING
from integrations.errors import NotDone
from integrations.network import DayLimits
from tests.advocacy.shares.elsewhere import answered, at
from tests.advocacy.shares.interrupting import interrupted
from tests.advocacy.shares.making import (
    add_media,
    connect_account,
    make_item,
    queue_due,
    state_of,
)
from tests.content.samples import phone_picture
from tests.integrations.linkedin.scripted import scripted

S = ShareState


def used(session):
    return used_by_app(session, LINKEDIN, database_time(session).date())


def test_a_post_that_could_not_be_sent_costs_nothing(session, share, station):
    """An outage of hours does not use up anybody's day."""
    away = at(station, "http://127.0.0.1:1", pauses=())

    publish_share(share.id, away)

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == Reason.UNREACHABLE
    assert used(session) == 0


def test_a_version_that_is_gone_costs_nothing(session, share, station):
    gone = answered(426, {"code": "NONEXISTENT_VERSION"})
    with scripted(gone) as network:
        publish_share(share.id, at(station, network.address))

    assert state_of(session, share) is S.SCHEDULED
    assert share.reason == Reason.VERSION
    assert used(session) == 0


@pytest.mark.parametrize("step", ["before connect", "after connect"])
def test_a_post_that_was_stopped_costs_nothing(session, share, station, step):
    stopping = Event()
    station = replace(station, stopping=stopping.is_set)

    publish_share(share.id, interrupted(station, step, stopping.set))

    assert state_of(session, share) is S.SCHEDULED
    assert used(session) == 0


def test_what_may_have_been_sent_is_paid_for(session, share, station, sandbox):
    sandbox.set_fault("drop_after_commit")

    publish_share(share.id, station)

    assert state_of(session, share) is S.UNCERTAIN
    assert used(session) == 1


@pytest.fixture
def with_pictures(session, person, station):
    item = make_item(session, ItemKind.PICTURES)
    for _ in range(3):
        add_media(session, item, station.outside.files, phone_picture(), ".jpg")
    session.refresh(item)
    share = queue_due(session, person, item)
    session.commit()
    return share


@pytest.mark.parametrize(
    ("step", "code", "paid"),
    [
        ("before prepare", RESTING, 0),
        ("before connect", "refused", 6),  # two for each picture
    ],
)
def test_uploads_that_may_have_been_made_are_paid_for(
    session, with_pictures, station, step, code, paid
):
    """The network goes away before them, or between them and the post."""

    def goes_away():
        raise NotDone("not there", code=code)

    publish_share(with_pictures.id, interrupted(station, step, goes_away))

    assert state_of(session, with_pictures) is S.SCHEDULED
    assert used(session) == paid


@pytest.fixture
def claim(session, claim):
    assert freeze_body(session, claim, b"{}")
    return claim


def counted(session):
    session.flush()
    rows = session.execute(
        select(CallBudget.day, CallBudget.who, CallBudget.calls).where(
            ~CallBudget.who.startswith("app")
        )
    )
    return {(row.day, row.who): row.calls for row in rows}


@pytest.mark.parametrize("connected_anew", [False, True])
def test_a_call_is_given_back_to_the_account_that_was_to_pay(
    session, claim, person, station, connected_anew
):
    """Meanwhile it was disconnected, and somebody else's may have been connected."""
    armed = arm(session, claim, b"{}")
    session.delete(account_of(session, person.id, LINKEDIN))
    session.flush()
    if connected_anew:
        connect_account(session, person, member_id="somebody-else")

    network = station.outside.networks[LINKEDIN]
    settle_attempt(session, armed.attempted, not_sent(), network)

    assert counted(session) == {(claim.payer.day, claim.payer.who): 0}


def test_a_call_is_given_back_to_the_day_it_was_reserved_on(session, claim, station):
    """Claimed before midnight, armed after it."""
    day_before = claim.payer.day - timedelta(days=1)
    count(session, claim.payer._replace(day=day_before), 1, DayLimits())
    armed = arm(
        session, replace(claim, payer=claim.payer._replace(day=day_before)), b"{}"
    )

    network = station.outside.networks[LINKEDIN]
    settle_attempt(session, armed.attempted, not_sent(), network)

    who = claim.payer.who
    assert counted(session) == {(day_before, who): 0, (claim.payer.day, who): 1}


def test_what_an_earlier_version_kept_is_settled_and_gives_nothing_back(
    session, share, claim, station, tmp_path
):
    """It does not say whose call it was."""
    armed, spool = arm(session, claim, b"{}"), Spool(tmp_path / "kept")
    spool.keep(armed.attempted, not_sent())
    [file] = spool.folder.iterdir()
    kept = json.loads(file.read_text())
    del kept["attempt"]["who"], kept["attempt"]["day"]
    file.write_text(json.dumps(kept))

    [(attempted, outcome)] = spool.waiting()
    settle_attempt(session, attempted, outcome, station.outside.networks[LINKEDIN])

    session.flush()
    assert state_of(session, share) is S.SCHEDULED
    assert used(session) == 1


def test_what_is_kept_says_whose_call_it_was_and_not_who_that_is(
    session, claim, tmp_path
):
    armed, spool = arm(session, claim, b"{}"), Spool(tmp_path / "kept")
    spool.keep(armed.attempted, not_sent())

    [(attempted, _)] = spool.waiting()

    assert attempted == armed.attempted
    assert attempted.payer == claim.payer
    [file] = spool.folder.iterdir()
    assert claim.access.member_id not in file.read_text()
