"""Two members, the day on which their calls are counted, and how many they were."""

from datetime import date

from sqlalchemy import func, select

from advocacy.outside import LINKEDIN
from advocacy.shares.budget import payer_of, used_by_app
from advocacy.shares.service_rows import CallBudget

DAY = date(2026, 11, 20)
MARIT, JOOST = (payer_of(LINKEDIN, name, DAY) for name in ("member-1", "member-2"))


def calls_of(session, who):
    """So many that are counted for this payer so far, on all days."""
    return session.scalar(
        select(func.sum(CallBudget.calls)).where(CallBudget.who == who)
    )


def app_calls(session, claim):
    """So many calls of the whole app that are counted on the day of the claim."""
    return used_by_app(session, LINKEDIN, claim.payer.day)
