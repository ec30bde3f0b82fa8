"""Sharing, and stopping in time. Nothing here commits; `at` is the moment of the press.

Second thoughts are in `changes.py`, what consent, items and accounts set in motion in
`cascades.py`, posting in `publishing.py`.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.shares.carried_media import one_id
from advocacy.shares.checking import Asked, Granted, Words, check_wish, check_words
from advocacy.shares.confirmation import confirmation_of
from advocacy.shares.models import UNSENT, Share, ShareState, Way
from advocacy.shares.post_addresses import SITE
from advocacy.shares.queries import confirmed_lately
from advocacy.shares.reasons import Reason, WishRefused
from advocacy.shares.storing import (
    EMPTY_HANDS,
    AlreadyShared,
    change,
    code_for,
    fill,
    keep_or_renew_link,
    one_press_at_a_time,
    unless_overtaken,
    where_posted,
    within,
)
from advocacy.shares.wishes import ShareWish, Terms
from content.items import Item

# The same wish, pressed again within this time, is one press, also around midnight.
ONE_PRESS = timedelta(hours=1)


def queue_share(  # noqa: PLR0913 – one press, and all it is about
    session: Session,
    person: Person,
    item: Item,
    wish: ShareWish,
    at: datetime,
    *,
    terms: Terms,
) -> Share:
    """Store the confirmed wish to post through the connected account.

    It leaves after the hold, or at the wished time. Pressed twice, the same wish gives
    the same share. Raises WishRefused (problems by field) or AlreadyShared (the item
    goes out that day already, in other words, and not beside all these was asked for).
    """
    one_press_at_a_time(session, person)
    asked = Asked(person, item, wish, at)
    granted = check_wish(session, asked, terms)
    if (same := granted.same or _pressed_before(session, asked, granted)) is not None:
        return same
    others = granted.beside
    if len(others) > wish.beside:
        raise AlreadyShared(others[0])
    share = _new_share(asked, Way.ACCOUNT, ShareState.SCHEDULED)
    fill(share, asked, granted)
    share.extra = others[-1].extra + 1 if others else 0
    share.link_code = code_for(session, person, item)
    with unless_overtaken(session, share, share.target_day):
        session.add(share)
    return share


def copy_share(
    session: Session, person: Person, item: Item, wish: ShareWish, at: datetime
) -> Share:
    """Store that the person takes this text along to paste it themselves.

    Needs no consent and no account. Pressed again on the same day it replaces the text,
    or finds the share they told us they posted, if it says the same.
    `drafting.text_to_paste` gives the text with its link. Raises WishRefused.
    """
    one_press_at_a_time(session, person)
    asked = Asked(person, item, wish, at)
    words = check_words(session, asked)
    if words.problems:
        raise WishRefused(words.problems)
    confirmation = confirmation_of(person.id, item, words.media, words.wish)
    share = _taken_along(session, asked, confirmation)
    if share is not None and share.state is ShareState.TOLD:
        return share
    share = share or _new_share(asked, Way.COPY, ShareState.COPIED)
    share.confirmation = confirmation
    _fill_copied(share, asked, words)
    keep_or_renew_link(session, share, person, item)
    session.add(share)
    session.flush()
    return share


def _pressed_before(session: Session, asked: Asked, granted: Granted) -> Share | None:
    """The share of an earlier press, which may have been on the day before."""
    since = asked.at - ONE_PRESS
    pressed = confirmed_lately(session, asked.person.id, granted.confirmation, since)
    return next((one for one in pressed if granted.made(one)), None)


def _fill_copied(share: Share, asked: Asked, words: Words) -> None:
    share.text = words.wish.text
    share.visibility = words.wish.visibility
    share.media_id = one_id(words.media)
    share.time_zone = asked.wish.time_zone
    share.target_day = _day_of(asked)
    share.due_at = share.next_at = asked.at
    share.consent_epoch = 0  # it needs none
    share.content_epoch = asked.item.epoch


def _new_share(asked: Asked, way: Way, state: ShareState) -> Share:
    return Share(
        person_id=asked.person.id,
        item_id=asked.item.id,
        network=asked.wish.network,
        way=way,
        state=state,
        created_at=asked.at,
    )


def _taken_along(session: Session, asked: Asked, confirmation: str) -> Share | None:
    """What the person took along of the item today: the same told, else the copied."""
    told = and_(Share.state == ShareState.TOLD, Share.confirmation == confirmation)
    return session.scalar(
        select(Share)
        .where(
            Share.person_id == asked.person.id,
            Share.item_id == asked.item.id,
            Share.network == asked.wish.network,
            Share.target_day == _day_of(asked),
            or_(told, Share.state == ShareState.COPIED),
        )
        .order_by(told.desc(), Share.id.desc())
        .limit(1)
    )


def _day_of(asked: Asked) -> date:
    return asked.at.astimezone(ZoneInfo(asked.wish.time_zone)).date()


def tell_posted(
    session: Session,
    share: Share,
    address: str | None,
    at: datetime,
    *,
    site: str = SITE,
) -> None:
    """Note "I posted it", with the post's address if given; again, to add the address.

    `site` is the network's own site. Raises WishRefused (address), TooLate.
    """
    guard = within(ShareState.COPIED, ShareState.TOLD)
    change(
        session,
        share,
        guard,
        state=ShareState.TOLD,
        posted_at=share.posted_at or at,
        **where_posted(session, share, address, site),
    )


def undo(session: Session, share: Share, at: datetime) -> None:
    """Stop a share that has not been sent: on hold, planned, waiting or missed.

    Raises TooLate when it is being sent or is over.
    """
    change(
        session,
        share,
        within(*UNSENT),
        state=ShareState.CANCELLED,
        reason=Reason.UNDONE,
        changed_at=at,
        **EMPTY_HANDS,
    )


def take_off_list(session: Session, share: Share) -> None:
    """Forget a copied or told share. Raises TooLate in any other state."""
    guard = within(ShareState.COPIED, ShareState.TOLD)
    cancelled = ShareState.CANCELLED
    change(session, share, guard, state=cancelled, reason=Reason.TAKEN_OFF)
