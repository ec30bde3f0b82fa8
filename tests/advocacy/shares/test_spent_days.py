"""A network's word that the day is used up is about the day it was said on."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.accounts.models import Account
from advocacy.shares.arming import arm, freeze_body
from advocacy.shares.claiming import database_time
from advocacy.shares.models import PublishAttempt
from advocacy.shares.outcomes import outcome_of
from advocacy.shares.service_rows import CallBudget
from advocacy.shares.settling import set_aside, settle_attempt
from integrations.errors import NotDone
from tests.advocacy.shares.making import attempt_of

DAY_IS_OVER = outcome_of(
    NotDone("used up", until_midnight_utc=True, code="429"), tries=0, token_is_new=False
)


def spent_days(session):
    session.flush()
    return set(session.scalars(select(CallBudget.day).where(CallBudget.spent)))


def test_an_answer_stored_after_midnight_spends_the_day_before(session, claim, network):
    freeze_body(session, claim, b"{}")
    armed = arm(session, claim, b"{}")
    attempt = session.scalars(select(PublishAttempt)).one()
    attempt.armed_at = database_time(session) - timedelta(days=1)
    session.flush()

    settle_attempt(session, armed.attempted, DAY_IS_OVER, network)

    assert spent_days(session) == {attempt.armed_at.date()}


def test_the_day_is_over_for_who_was_told_so(session, claim, network):
    """Not for whose account took that one's place while the answer was on its way."""
    freeze_body(session, claim, b"{}")
    armed = arm(session, claim, b"{}")
    session.get_one(Account, claim.account_id).member_id = "somebody-else"
    session.flush()

    settle_attempt(session, armed.attempted, DAY_IS_OVER, network)

    spent = select(CallBudget.who).where(CallBudget.spent)
    assert session.scalars(spent).all() == [claim.payer.who]


@pytest.mark.parametrize("worker", ["earlier/1", "yesterday/1"])
def test_an_upload_refused_today_spends_today_whatever_was_tried_before(
    session, claim, network, worker
):
    at = database_time(session)
    session.add(
        attempt_of(
            claim.share_id,
            armed_at=at - timedelta(days=1),
            worker=worker,
            outcome="not_sent",
        )
    )
    session.flush()

    set_aside(session, claim, DAY_IS_OVER, network)

    assert spent_days(session) == {at.date()}
