"""Reading one person's figures, within what each network takes in a day.

Calls stand between transactions: each post is taken in hand, read, and stored, so that a
withdrawal at any moment leaves nothing behind.
"""

from dataclasses import dataclass

import structlog

from advocacy.accounts.operations import access_of, mark_refused
from advocacy.accounts.queries import account_of, usable_account
from advocacy.accounts.renewing import renew
from advocacy.outside import FIGURE_ACCOUNTS, Outside
from advocacy.shares.budget import mark_spent, payer_of, reserve
from advocacy.shares.call_rows import RowKey
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
from integrations.network import Access, FigureReader
from integrations.token_vault import CannotUnlock

log = structlog.get_logger()

READ_FIGURES = "shares.read_figures"  # the task


@dataclass(frozen=True)
class Looker:
    """Somebody who lets us read the figures of a network's posts, and with what."""

    person_id: int
    network: str  # the posts'
    reader: FigureReader
    account_id: int
    access: Access
    token_is_new: bool

    @property
    def payer(self) -> RowKey:
        """Whose calls of today these are."""
        app = FIGURE_ACCOUNTS[self.network]
        return payer_of(app, self.access.member_id, now().date())


def read_figures(person_id: int, outside: Outside) -> None:
    """Read the figures of the person's newest posts that have none, or old ones."""
    for network in outside.figure_readers:
        looker = _looker(person_id, network, outside)
        if looker is not None:
            _read_some(looker)


def _looker(person_id: int, network: str, outside: Outside) -> Looker | None:
    name = FIGURE_ACCOUNTS[network]
    with transaction() as session:
        account = account_of(session, person_id, name)
    if account is not None:
        renew(account.id, outside)  # while its owner looks
    at = now()
    with transaction() as session:
        account = usable_account(session, person_id, name, at)
        if account is None:
            return None
        try:
            access = access_of(account, outside.vault)
        except CannotUnlock:
            return None
        new, reader = at - account.connected_at < NEW_TOKEN, outside.figure_readers
        return Looker(person_id, network, reader[network], account.id, access, new)


def _read_some(looker: Looker) -> None:
    with transaction() as session:
        posts = posts_to_read(session, looker.person_id, looker.network, now())
    for share_id, post_id in posts:
        if not _read(looker, share_id, post_id):
            return


def _read(looker: Looker, share_id: int, post_id: str) -> bool:
    """One post; False: no further one is worth trying now."""
    payer, reader = looker.payer, looker.reader
    with transaction() as session:
        if not begin_reading(session, looker.person_id, share_id, now()):
            return True
        if not reserve(session, payer, reader.calls_each, reader.day_limits):
            return False
    try:
        counts = reader.figures(looker.access, post_id)
    except ProviderError as error:
        log.info("figures_not_read", code=error.code)
        return _failed(looker, share_id, payer, error)
    with transaction() as session:
        keep_figures(session, looker.person_id, share_id, counts, now())
    return True


def _failed(looker: Looker, share_id: int, payer: RowKey, error: ProviderError) -> bool:
    with transaction() as session:
        match error:
            case AccessExpired() if looker.token_is_new:
                ask_sooner(session, share_id)
            case AccessExpired():
                mark_refused(session, looker.account_id)
            case NotDone(until_midnight_utc=True):
                limits = looker.reader.day_limits
                mark_spent(session, payer, limits, whole_app=error.whole_app)
    # One post that a network does not want to tell of says nothing about the next.
    return isinstance(error, Refused) and not isinstance(error, AccessExpired)
