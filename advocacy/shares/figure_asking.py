"""The figures on the page of one's shares; looking at it is what asks for new ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of, usable_account
from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.outside import FIGURE_ACCOUNTS
from advocacy.shares.figure_words import ShownFigures, in_words
from advocacy.shares.figures import figures_of, posts_to_read, untold_figures
from advocacy.shares.reading_figures import READ_FIGURES
from advocacy.web.runtime import runtime
from integrations import task_queue
from integrations.database import after_commit


@dataclass(frozen=True)
class OwnFigures:
    """What the page says of LinkedIn's figures."""

    shown: Mapping[int, ShownFigures] = field(default_factory=dict)  # by share
    untold: Mapping[int, datetime] = field(default_factory=dict)  # asked in vain then
    asked: bool = False  # LinkedIn is asked for more just now
    # What the account for figures and the one for posting are called, if they are two.
    two_accounts: tuple[str, str] | None = None


def own_figures(
    session: Session, person_id: int, at: datetime, *, exact: bool
) -> OwnFigures:
    """What is known; and a worker is asked for what is not."""
    if not is_on(session, person_id, Purpose.READ_MY_FIGURES):
        return OwnFigures()
    known = figures_of(session, person_id, at)
    words = {share: in_words(one, exact=exact) for share, one in known.items()}
    shown = {share: one for share, one in words.items() if one is not None}
    accounts = {
        network: usable_account(session, person_id, FIGURE_ACCOUNTS[network], at)
        for network in runtime().outside.figure_readers
    }
    asked = any(
        account and posts_to_read(session, person_id, network, at)
        for network, account in accounts.items()
    )
    if asked:
        after_commit(session, lambda: task_queue.send(READ_FIGURES, person_id))
    untold = untold_figures(session, person_id, at)
    pairs = (
        _two_accounts(account, account_of(session, person_id, network))
        for network, account in accounts.items()
    )
    return OwnFigures(shown, untold, asked, next(filter(None, pairs), None))


def _two_accounts(
    figures: Account | None, posting: Account | None
) -> tuple[str, str] | None:
    """LinkedIn tells figures to the member who posted, and to nobody else.

    It may give each of our two apps an id of its own for one member (linkedin.md 1.8), so
    another id alone says nothing.
    """
    if figures is None or posting is None:
        return None
    same = figures.member_id == posting.member_id
    if same or figures.member_name == posting.member_name:
        return None
    return figures.member_name, posting.member_name
