"""Whether a wish can be granted: every problem at once, by field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.accounts.queries import account_of
from advocacy.consent.models import Purpose
from advocacy.consent.queries import epoch_held
from advocacy.people.models import Person
from advocacy.shares import schedule
from advocacy.shares.carried_media import media_for
from advocacy.shares.confirmation import broken, confirmation_of, seal
from advocacy.shares.drafting import (
    link_address,
    text_to_post,
    tidy,
    with_link,
)
from advocacy.shares.models import Share
from advocacy.shares.queries import live_shares
from advocacy.shares.reasons import Problem, WishRefused
from advocacy.shares.wishes import ShareWish, Terms
from content.items import Item
from content.media import Media

# Codes are 11 characters or a few more; a link is counted before it exists.
LONGEST_CODE = "x" * 16


@dataclass(frozen=True)
class Asked:
    """One press of a button, with everything it is about."""

    person: Person
    item: Item
    wish: ShareWish
    at: datetime
    # The share's last attempt as the page showed it; None where no page is about one.
    attempt: int | None = None


@dataclass(frozen=True)
class Granted:
    """A wish that can be stored."""

    wish: ShareWish  # with tidy text
    media: Sequence[Media]
    confirmation: str
    due: schedule.Due
    consent_epoch: int
    member_hash: str  # on whose profile
    beside: Sequence[Share]  # what goes out for this item on that day already

    def sealed(self, at: datetime) -> str:
        """What a confirmation page that shows it sends back."""
        return seal(self.confirmation, self.member_hash, at)

    @property
    def same(self) -> Share | None:
        """The share that this wish made already, if it is pressed once more."""
        return next((one for one in self.beside if self.made(one)), None)

    def made(self, share: Share) -> bool:
        """Whether a share says exactly this, on the same profile."""
        mine = self.confirmation, self.member_hash
        return (share.confirmation, share.member_hash) == mine


@dataclass(frozen=True)
class Words:
    """A wish with tidy text, the files that go along, and what is wrong with either."""

    wish: ShareWish
    media: Sequence[Media]
    problems: dict[str, Problem]


def check_words(
    session: Session, asked: Asked, most_pictures: int | None = None
) -> Words:
    """What both ways of sharing have in common."""
    item, wish = asked.item, replace(asked.wish, text=tidy(asked.wish.text))
    problems: dict[str, Problem] = {}
    if not wish.text:
        problems["text"] = Problem.EMPTY
    if not item.shareable(asked.at):
        problems["item"] = Problem.ITEM_OVER
    elif wish.item_epoch not in {None, item.epoch}:
        problems["item"] = Problem.ITEM_CHANGED
    media: Sequence[Media] = ()
    try:
        media = media_for(session, item, wish.media_id, most_pictures)
    except LookupError:
        problems["media"] = Problem.UNKNOWN_MEDIA
    return Words(wish, media, problems)


def check_wish(session: Session, asked: Asked, terms: Terms) -> Granted:
    """Everything that posting through an account needs. Raises WishRefused."""
    words = check_words(session, asked, terms.most_pictures)
    wish, media, problems = words.wish, words.media, words.problems
    person, item, at = asked.person, asked.item, asked.at
    if too_long(item, wish, terms):
        problems["text"] = Problem.TOO_LONG
    account = account_of(session, person.id, wish.network)
    # A withdrawal either sees the share we are storing, or we see the withdrawal.
    epoch = epoch_held(session, person.id, Purpose.POST_FOR_ME)
    if problem := _account_problem(account, epoch, at):
        problems["account"] = problem
    due = schedule.Due(at, at)
    try:
        due = _due(asked, account, terms)
    except schedule.BadTime as error:
        problems["time"] = error.problem
    confirmation = confirmation_of(person.id, item, media, wish, terms.mentions)
    member = account.member_hash if account else ""
    if wish.confirmed and (problem := broken(wish.confirmed, confirmation, member, at)):
        problems["confirmation"] = problem
    if problems or epoch is None:
        raise WishRefused(problems)
    day = due.local.date()
    beside = live_shares(session, person.id, item.id, wish.network, day)
    return Granted(wish, media, confirmation, due, epoch, member, beside)


def too_long(item: Item, wish: ShareWish, terms: Terms) -> bool:
    """Whether the network would refuse the length, a link in the text included."""
    address = link_address(terms.base_url, LONGEST_CODE) if item.link_address else None
    if terms.link_in_text:
        whole = with_link(wish.text, address)
    else:
        whole = text_to_post(item, wish.text, address)
    return terms.length(whole) > terms.longest_text


def _account_problem(
    account: Account | None, epoch: int | None, at: datetime
) -> Problem | None:
    if epoch is None:
        return Problem.CONSENT_OFF
    if account is None:
        return Problem.NOT_CONNECTED
    if account.refused_at or account.lasts_until <= at + schedule.ACCESS_MARGIN:
        return Problem.ACCESS_ENDED
    return None


def _due(asked: Asked, account: Account | None, terms: Terms) -> schedule.Due:
    wish = asked.wish
    return schedule.due(
        wish.wall_time,
        wish.time_zone,
        asked.at,
        hold_seconds=terms.hold_seconds,
        spread=timedelta(minutes=terms.spread_minutes),
        access_ends=account.lasts_until if account else None,
        item_ends=asked.item.expires_at,
    )
