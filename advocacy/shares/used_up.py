"""Until when a network takes no more of somebody's posts: for pages, before one is due.

Posting itself reserves its calls (`budget`); here nothing is reserved and nothing locked.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.shares.budget import FOR_POSTING, payer_of, used_by_app
from advocacy.shares.service_rows import CallBudget
from integrations.network import DayLimits, Network


def goes_on_at(
    session: Session, account: Account, at: datetime, limits: DayLimits
) -> datetime | None:
    """The midnight UTC from which the account may post again; None where it may now.

    What is left may still be too little for a post with large files.
    """
    payer = payer_of(account.network, account.member_id, at.date())
    rows = session.execute(
        select(CallBudget.who, CallBudget.calls, CallBudget.spent).where(
            CallBudget.network == payer.network,
            CallBudget.day == payer.day,
            # The app's own parts; a member's hash has no such letters.
            or_(CallBudget.who == payer.who, CallBudget.who.startswith("app")),
        )
    ).all()
    mine = sum(row.calls for row in rows if row.who == payer.who)
    full = _full(mine, limits.member) or _full(
        used_by_app(session, payer.network, payer.day), limits.app
    )
    if not full and not any(row.spent for row in rows):
        return None
    return at.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


def networks_used_up(
    session: Session,
    person_id: int,
    names: Iterable[str],
    networks: Mapping[str, Network],
    at: datetime,
) -> dict[str, datetime]:
    """Those of the networks that take no more of a person's posts today, until when."""
    found = {}
    for name in names:
        account = account_of(session, person_id, name)
        if account is None or name not in networks:
            continue
        until = goes_on_at(session, account, at, networks[name].day_limits)
        if until is not None:
            found[name] = until
    return found


def _full(calls: int, limit: int | None) -> bool:
    return limit is not None and calls >= int(limit * FOR_POSTING)
