"""A new token where the network gave what renews the old one (reliability.md 2.8).

This happens while the person uses the service, never by the clock (linkedin.md 5, 4.3). One
worker asks at a time, outside of any transaction, and its answer counts only for the token
it was about.
"""

from datetime import timedelta
from enum import StrEnum

import structlog

from advocacy.accounts.renewal import (
    Renewable,
    end_renewing,
    keep_renewed,
    put_off,
    take,
)
from advocacy.outside import Outside
from integrations.clock import now
from integrations.database import transaction
from integrations.errors import NotDone, OutcomeUnknown, ProviderError

log = structlog.get_logger()

RENEW = "accounts.renew"  # the task; its queue is the slow one

PAUSE = timedelta(minutes=15)


class Renewal(StrEnum):
    """What became of it."""

    NOT_NEEDED = "not needed"  # or somebody else is at it
    DONE = "done"
    LATER = "later"
    REFUSED = "refused"


def renew(account_id: int, outside: Outside) -> Renewal:
    """Have the network give a new token, if it is time for one."""
    with transaction() as session:
        renewable = take(session, account_id, outside.vault)
    sign_on = outside.sign_ons.get(renewable.network) if renewable else None
    if renewable is None or sign_on is None:  # our app there was taken away
        return Renewal.NOT_NEEDED
    try:
        grant = sign_on.refresh(renewable.refresh_token, renewable.member_id)
    except ProviderError as error:
        return _failed(renewable, error)
    with transaction() as session:
        kept = keep_renewed(session, outside.vault, renewable, grant)
    if not kept:
        # Withdrawn while the network was asked: what it gave goes back.
        sign_on.revoke(grant.token)
    log.info("token_renewed", network=renewable.network, kept=kept)
    return Renewal.DONE


def _failed(renewable: Renewable, error: ProviderError) -> Renewal:
    log.warning("token_not_renewed", network=renewable.network, code=error.code)
    if isinstance(error, NotDone | OutcomeUnknown):
        asked = error.wait if isinstance(error, NotDone) else None
        wait = max(timedelta(seconds=asked or 0), PAUSE)
        with transaction() as session:
            put_off(session, renewable, now() + wait)
        return Renewal.LATER
    with transaction() as session:
        refused = end_renewing(session, renewable)
    return Renewal.REFUSED if refused else Renewal.NOT_NEEDED
