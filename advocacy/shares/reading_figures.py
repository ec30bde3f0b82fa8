"""Reading one person's figures, within what LinkedIn takes in a day.

Calls stand between transactions: each post is taken in hand, read, and stored, so that a
withdrawal at any moment leaves nothing behind.
"""

from dataclasses import dataclass

import structlog

from advocacy.accounts.operations import access_of, mark_refused
from advocacy.accounts.queries import account_of, usable_account
from advocacy.accounts.renewing import renew
from advocacy.outside import LINKEDIN, LINKEDIN_FIGURES, Outside
from advocacy.shares.budget import Payer, mark_spent, reserve
from advocacy.shares.claiming import NEW_TOKEN
from advocacy.shares.figures import (
    ask_sooner,
    begin_reading,
    keep_figures,
    posts_to_read,
)
from integrations.clock import now
from integrations.database import transaction
from integrations.errors import AccessExpired, NotDone, ProviderError, Refused
from integrations.linkedin.figures import CALLS_EACH, DAY_LIMITS
from integrations.network import Access
from integrations.token_vault import CannotUnlock

log = structlog.get_logger()

READ_FIGURES = "shares.read_figures"  # the task


@dataclass(frozen=True)
class Reader:
    """Somebody who lets us read, and with what."""

    person_id: int
    account_id: int
    access: Access
    token_is_new: bool


def read_figures(person_id: int, outside: Outside) -> None:
    """Read the figures of the person's newest posts that have none, or old ones."""
    reader = _reader(person_id, outside)
    if reader is None:
        return
    with transaction() as session:
        posts = posts_to_read(session, person_id, LINKEDIN, now())
    for share_id, post_id in posts:
        if not _read(reader, share_id, post_id, outside):
            return


def _reader(person_id: int, outside: Outside) -> Reader | None:
    if LINKEDIN not in outside.figure_readers:
        return None
    with transaction() as session:
        account = account_of(session, person_id, LINKEDIN_FIGURES)
    if account is not None:
        renew(account.id, outside)  # while its owner looks
    at = now()
    with transaction() as session:
        account = usable_account(session, person_id, LINKEDIN_FIGURES, at)
        if account is None:
            return None
        try:
            access = access_of(account, outside.vault)
        except CannotUnlock:
            return None
        new = at - account.connected_at < NEW_TOKEN
        return Reader(person_id, account.id, access, new)


def _read(reader: Reader, share_id: int, post_id: str, outside: Outside) -> bool:
    """One post; False: no further one is worth trying now."""
    payer = Payer(LINKEDIN_FIGURES, reader.access.member_id, now().date())
    with transaction() as session:
        if not begin_reading(session, reader.person_id, share_id, now()):
            return True
        if not reserve(session, payer, CALLS_EACH, DAY_LIMITS):
            return False
    try:
        counts = outside.figure_readers[LINKEDIN].figures(reader.access, post_id)
    except ProviderError as error:
        log.info("figures_not_read", code=error.code)
        return _failed(reader, share_id, payer, error)
    with transaction() as session:
        keep_figures(session, reader.person_id, share_id, counts, now())
    return True


def _failed(reader: Reader, share_id: int, payer: Payer, error: ProviderError) -> bool:
    with transaction() as session:
        match error:
            case AccessExpired() if reader.token_is_new:
                ask_sooner(session, share_id)
            case AccessExpired():
                mark_refused(session, reader.account_id)
            case NotDone(until_midnight_utc=True):
                mark_spent(session, payer, DAY_LIMITS, whole_app=error.whole_app)
    # One post that LinkedIn does not want to tell of says nothing about the next.
    return isinstance(error, Refused) and not isinstance(error, AccessExpired)
