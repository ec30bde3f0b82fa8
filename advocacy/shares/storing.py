"""Writing a granted wish into a row; used by the operations only."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.queries import stays_on
from advocacy.errors import TooLate
from advocacy.links.models import Link
from advocacy.links.operations import link_for
from advocacy.people.models import Person
from advocacy.shares.carried_media import one_id
from advocacy.shares.checking import Asked, Granted
from advocacy.shares.days import breaks_one_a_day
from advocacy.shares.models import LIVE_STATES, Share, ShareState
from advocacy.shares.post_addresses import read_post_address
from advocacy.shares.queries import live_shares
from advocacy.shares.reasons import Problem, Reason, WishRefused
from advocacy.shares.rederiving import zone_table
from content.items import Item

# Nobody works on it, and nothing prepared is left of it.
EMPTY_HANDS: dict[str, None] = {
    "lease_owner": None,
    "lease_until": None,
    "body": None,
    "body_sha256": None,
}


class AlreadyShared(Exception):
    """The same item goes out on the same day already, in other words: `share`."""

    def __init__(self, share: Share) -> None:
        super().__init__(share.public_id)
        self.share = share


def one_press_at_a_time(session: Session, person: Person) -> None:
    """Let a second press of the same person wait until the first is stored."""
    held = select(Person.id).where(Person.id == person.id)
    session.execute(held.with_for_update(key_share=True))


def code_for(session: Session, person: Person, item: Item) -> str | None:
    """A tracked link: the person's own only while they let us count for them.

    A withdrawal waits for our commit: it would not find a link made meanwhile.
    """
    if not item.link_address:
        return None
    counted = stays_on(session, person.id, Purpose.COUNT_MY_CLICKS)
    owner = person.id if counted else None
    return link_for(session, item.id, item.link_address, owner).code


def keep_or_renew_link(
    session: Session, share: Share, person: Person, item: Item
) -> None:
    """A link leads where it led when it was made; an item's address may be corrected."""
    link = session.get(Link, share.link_code) if share.link_code else None
    if (link.target if link else None) != item.link_address:
        share.link_code = code_for(session, person, item)


def fill(share: Share, asked: Asked, granted: Granted) -> None:
    """Put the wish into the row: nothing of an earlier try stays."""
    wish, due = granted.wish, granted.due
    share.text = wish.text
    share.visibility = wish.visibility
    share.media_id = one_id(granted.media)
    share.confirmation = granted.confirmation
    share.member_hash = granted.member_hash
    share.wall_time = wish.wall_time
    share.time_zone = wish.time_zone
    share.zone_table = zone_table(share.time_zone)
    share.due_at = due.at
    share.next_at = due.at + due.spread * random.random()  # noqa: S311 – no secret
    share.target_day = due.local.date()
    share.consent_epoch = granted.consent_epoch
    share.content_epoch = asked.item.epoch
    share.crash_count = share.tries = 0
    share.agreed_at = share.woken_at = share.body = share.body_sha256 = None
    share.lease_owner = share.lease_until = None
    share.reason = ""


def refuse_rival(share: Share, granted: Granted) -> None:
    """Raise AlreadyShared when another share has taken the day.

    One that goes out on that day anyway may stay beside those that were asked for; one
    that is to go out after all only beside those that it was asked for beside.
    """
    others = [one for one in granted.beside if one.id != share.id]
    if share.target_day == granted.due.local.date():
        if share.state in LIVE_STATES:
            return
        place = share.extra
        others = [o for o in others if o.id > share.id or o.extra == place]
    if others:
        raise AlreadyShared(others[0])


@contextmanager
def unless_overtaken(session: Session, share: Share, day: date) -> Iterator[None]:
    """Store the share for that day; AlreadyShared when the day was taken after the checks.

    A late "it is live" of another share takes it, and waits for no press. Raises TooLate
    where that one is gone again.
    """
    about = share.person_id, share.item_id, share.network
    place = share.extra
    try:
        with session.begin_nested():
            yield
            session.flush()
    except IntegrityError as error:
        if not breaks_one_a_day(error):
            raise
        others = live_shares(session, *about, day)
        rival = next((one for one in others if one.extra == place), None)
        raise (AlreadyShared(rival) if rival else TooLate) from error


def change(
    session: Session, share: Share, *still: ColumnElement[bool], **values: object
) -> None:
    """Change the row if it is still as the person saw it. Raises TooLate."""
    done = session.execute(
        update(Share)
        .where(Share.id == share.id, *still)
        .values(**values)
        .returning(Share.id)
        .execution_options(synchronize_session=False)
    ).all()
    if done:
        session.refresh(share)
        return
    # It may even be gone: taken off the list in the same moment.
    session.expire(share)
    raise TooLate


def within(*states: ShareState) -> ColumnElement[bool]:
    """The guard on a share's state."""
    return Share.state.in_(states)


def where_posted(
    session: Session, share: Share, address: str | None, site: str
) -> dict[str, str | None]:
    """What to store of an address the person told us. Raises WishRefused.

    Never the post's id: that is for the network to say. And only the person's own
    shares are compared: whether a post is a colleague's is nobody else's to know.
    """
    if not address or not address.strip():
        return {}
    found = read_post_address(address, site)
    taken = select(Share.id).where(
        Share.person_id == share.person_id,
        Share.id != share.id,
        Share.reason != Reason.TAKEN_OFF,
        Share.post_address == found,
    )
    if session.scalar(taken.limit(1)) is not None:
        raise WishRefused({"address": Problem.ADDRESS_TAKEN})
    return {"post_address": found}
