"""Second thoughts: another time or text, a doubt settled, a post taken off again."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.queries import epoch_held
from advocacy.people.models import Person
from advocacy.shares.as_seen import Seen, last_attempt
from advocacy.shares.checking import Asked, Granted, check_wish
from advocacy.shares.drafting import shows_card
from advocacy.shares.models import ON_NETWORK, PublishAttempt, Share, ShareState
from advocacy.shares.post_addresses import SITE
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.storing import (
    EMPTY_HANDS,
    change,
    fill,
    keep_or_renew_link,
    one_press_at_a_time,
    refuse_rival,
    unless_overtaken,
    where_posted,
    within,
)
from advocacy.shares.wishes import NO_PICTURE, ShareWish, Terms
from content.items import Item


def reschedule(session: Session, share: Share, asked: Asked, terms: Terms) -> None:
    """Replace words, picture, audience and time of a planned share: confirmed anew.

    Raises WishRefused, AlreadyShared (another share has the new day), TooLate.
    """
    states = (ShareState.SCHEDULED, ShareState.MISSED, ShareState.NEEDS_RECONNECT)
    _confirm_again(session, share, asked, terms, states)


def the_same_again(
    share: Share, person: Person, item: Item, at: datetime, seen: Seen | None = None
) -> Asked:
    """A press that asks for what the share says once more, now.

    `seen` is what its page showed: only that counts as confirmed.
    """
    media_id = share.media_id or (NO_PICTURE if shows_card(item) else None)
    wish = ShareWish(
        share.text,
        share.visibility,
        media_id,
        time_zone=share.time_zone,
        network=share.network,
        confirmed=seen.sealed if seen else "",
    )
    return Asked(person, item, wish, at, seen.attempt if seen else None)


def send_again(session: Session, share: Share, again: Asked, terms: Terms) -> None:
    """Confirm `the_same_again`, with a new hold: for missed and uncertain ones.

    For an uncertain one this is "It is not there, send it again". Raises WishRefused,
    AlreadyShared, TooLate.
    """
    states = (ShareState.MISSED, ShareState.UNCERTAIN)
    _confirm_again(session, share, again, terms, states)


def check_again(session: Session, share: Share, again: Asked, terms: Terms) -> Granted:
    """What `send_again` would be granted now; nothing is changed.

    Raises what it would: WishRefused, AlreadyShared.
    """
    granted = check_wish(session, again, terms)
    refuse_rival(share, granted)
    return granted


def answer_uncertain(  # noqa: PLR0913 – one press, and all it is about
    session: Session,
    share: Share,
    *,
    there: bool,
    at: datetime,
    address: str | None = None,
    site: str = SITE,
) -> None:
    """Settle a doubt: "It is there" (published_unverified), "It is not" (cancelled).

    To send it again instead of leaving it: `send_again`. Raises WishRefused (address),
    TooLate (no longer uncertain).
    """
    guard = within(ShareState.UNCERTAIN)
    if not there:
        cancelled = ShareState.CANCELLED
        said = {"state": cancelled, "reason": Reason.NOT_THERE}
        change(session, share, guard, **said, **EMPTY_HANDS)
        return
    # Without the consent it can be deleted there only; the row goes on saying so.
    withdrawn = share.reason == Reason.CONSENT_TOO_LATE
    change(
        session,
        share,
        guard,
        state=ShareState.PUBLISHED_UNVERIFIED,
        doubt=Share.reason,
        reason=Reason.CONSENT_TOO_LATE if withdrawn else Reason.SAID_SO,
        posted_at=share.posted_at or _last_tried(session, share) or at,
        **EMPTY_HANDS,
        **where_posted(session, share, address, site),
    )


def _last_tried(session: Session, share: Share) -> datetime | None:
    """When it was about to be sent; a database that was put back may not know."""
    armed = select(func.max(PublishAttempt.armed_at))
    return session.scalar(armed.where(PublishAttempt.share_id == share.id))


def add_address(
    session: Session, share: Share, address: str, *, site: str = SITE
) -> None:
    """Note where a post is that went out without an id. Raises WishRefused, TooLate."""
    guard = within(ShareState.PUBLISHED_UNVERIFIED)
    change(session, share, guard, **where_posted(session, share, address, site))


def stop_sending(session: Session, share: Share) -> None:
    """It is on the wire: should it arrive, delete it; should it not, leave it at that.

    Raises TooLate when the answer is there already.
    """
    guard = within(ShareState.SENDING)
    change(session, share, guard, stop_requested=True, take_off_again=True)


def mark_removed(session: Session, share: Share) -> None:
    """The post is off the network. Raises TooLate when it was not on it.

    Where that was asked for before it arrived, the reason stays to be read.
    """
    guard = within(*ON_NETWORK)
    reason = share.reason if share.take_off_again else ""
    change(session, share, guard, state=ShareState.REMOVED, reason=reason)


def _confirm_again(
    session: Session,
    share: Share,
    asked: Asked,
    terms: Terms,
    states: tuple[ShareState, ...],
) -> None:
    one_press_at_a_time(session, asked.person)
    # As a withdrawal does: first the answer, then the shares that rest on it.
    epoch_held(session, asked.person.id, Purpose.POST_FOR_ME)
    # Locks the row too: no worker can claim it between the checks and the new wish.
    fresh = {"stop_requested": False, "take_off_again": False}
    change(session, share, within(*states), **fresh)
    if asked.attempt not in {None, last_attempt(session, share.id)}:
        raise WishRefused({"confirmation": Problem.TRIED_SINCE})
    granted: Granted = check_wish(session, asked, terms)
    refuse_rival(share, granted)
    with unless_overtaken(session, share, granted.due.local.date()):
        fill(share, asked, granted)
        keep_or_renew_link(session, share, asked.person, asked.item)
        if share.state is not ShareState.SCHEDULED:
            share.move_to(ShareState.SCHEDULED)
