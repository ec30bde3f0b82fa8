"""What an outcome says beyond its share: of the account, the network, the day's calls."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from advocacy.accounts.models import Account
from advocacy.outside import LINKEDIN
from advocacy.shares.claiming import database_time
from advocacy.shares.models import PublishingPause, ShareState
from advocacy.shares.outcomes import (
    NO_CALLS_LEFT,
    VERSION_PAUSE,
    doubt,
    not_sent,
    posted,
)
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import CallBudget
from tests.advocacy.shares.ends import (
    BUSY,
    MINUTE,
    RECONNECT,
    REFUSED,
    UNREACHABLE,
    URN,
    VERSION,
)
from tests.advocacy.shares.paying import app_calls

S, R = ShareState, Reason


def account_of(session, claim):
    session.expire_all()
    return session.get_one(Account, claim.account_id)


@pytest.mark.parametrize(
    ("outcome", "through"),
    [
        (posted(URN), True),
        (posted(None), True),
        (REFUSED, True),
        (BUSY, False),
        (doubt(), False),
        (RECONNECT, False),
        (not_sent(), False),
    ],
)
def test_a_pause_ends_once_the_network_understands_us(
    claim, settled, paused, outcome, through
):
    settled(outcome)
    assert paused() is not through


@pytest.mark.parametrize("code", ["426", "410"])
def test_with_our_version_gone_nothing_leaves_for_a_quarter_of_an_hour(
    session, settled, paused, code
):
    begun = database_time(session)
    settled(replace(VERSION, code=code))
    assert paused()
    pause = session.get_one(PublishingPause, LINKEDIN)
    assert pause.reason == code
    assert VERSION_PAUSE <= pause.until - begun < VERSION_PAUSE + MINUTE


@pytest.mark.parametrize("outcome", [BUSY, UNREACHABLE, REFUSED, NO_CALLS_LEFT])
def test_any_other_outcome_pauses_nothing_and_leaves_the_account(
    session, claim, settled, outcome
):
    settled(outcome)
    assert session.get(PublishingPause, LINKEDIN) is None
    assert account_of(session, claim).refused_at is None


def test_a_refused_token_is_noted_at_the_account(session, claim, settled):
    assert settled(RECONNECT) == (S.NEEDS_RECONNECT, R.ACCESS_REFUSED)
    assert account_of(session, claim).refused_at is not None


@pytest.mark.parametrize("later", [MINUTE, -MINUTE])
def test_a_token_that_was_replaced_meanwhile_says_nothing_of_the_new_one(
    session, claim, settled, later
):
    used_then = claim.connected_at - later
    assert settled(RECONNECT, connected_at=used_then) == (S.SCHEDULED, R.NEW_ACCESS)
    assert account_of(session, claim).refused_at is None


def test_a_refusal_may_find_the_account_gone(session, settled):
    session.execute(delete(Account))
    assert settled(RECONNECT) == (S.NEEDS_RECONNECT, R.ACCESS_REFUSED)


@pytest.mark.parametrize(
    ("outcome", "counted"),
    [(UNREACHABLE, 0), (not_sent(), 0), (VERSION, 0), (BUSY, 1), (posted(URN), 1)],
)
def test_a_call_that_did_not_get_through_is_given_back(
    session, claim, settled, outcome, counted
):
    settled(outcome)
    assert app_calls(session, claim) == counted


def test_nothing_is_given_back_to_nobody(session, claim, settled):
    settled(UNREACHABLE, who="", day=None)
    assert app_calls(session, claim) == 1


def test_what_an_earlier_version_kept_spends_the_day_of_the_account(
    session, claim, settled
):
    settled(NO_CALLS_LEFT, who="", day=None)
    spent = select(CallBudget.who).where(CallBudget.spent)
    assert session.scalars(spent).all() == [claim.payer.who]
