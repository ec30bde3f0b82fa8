"""What a person may read of their own shares. There is no query over other people's."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, joinedload

from advocacy.shares.models import LIVE_STATES, ON_NETWORK, Share, ShareState
from advocacy.shares.reasons import Reason
from content.items import Item

SHOWN = 200  # on one page; older ones come with the export


def shares_of(session: Session, person_id: int) -> Sequence[Share]:
    """A person's shares, newest first, with item and media."""
    return session.scalars(
        select(Share)
        .where(Share.person_id == person_id, Share.reason != Reason.TAKEN_OFF)
        .options(joinedload(Share.item).selectinload(Item.media))
        .order_by(Share.created_at.desc(), Share.id.desc())
        .limit(SHOWN)
    ).all()


def share_of(session: Session, person_id: int, public_id: str) -> Share | None:
    """One of a person's own shares, with item and media; None for anybody else's."""
    return session.scalar(
        select(Share)
        .where(Share.person_id == person_id, Share.public_id == public_id)
        .options(joinedload(Share.item).selectinload(Item.media))
    )


def live_share(
    session: Session, person_id: int, item_id: int, network: str, day: date
) -> Share | None:
    """The share of that item that goes or went out on that day, if there is one."""
    return session.scalar(
        select(Share).where(
            Share.person_id == person_id,
            Share.item_id == item_id,
            Share.network == network,
            Share.target_day == day,
            Share.state.in_(LIVE_STATES),
        )
    )


def posts_leaving(session: Session, person_id: int) -> int:
    """How many of a person's posts are on the wire at this moment."""
    leaving = Share.person_id == person_id, Share.state == ShareState.SENDING
    return session.scalar(select(func.count()).where(*leaving)) or 0


class PostLeft(NamedTuple):
    """What a withdrawal leaves on the network; `address` is empty where none is known."""

    title: str
    address: str
    in_doubt: bool  # it may be there: nobody could see whether it arrived


def posts_left(session: Session, person_id: int) -> list[PostLeft]:
    """What stays on the network after a withdrawal, or may be there."""
    in_doubt = Share.state == ShareState.UNCERTAIN
    posts = session.execute(
        select(Item.title, Share.post_address, in_doubt)
        .join(Share, Share.item_id == Item.id)
        .where(
            Share.person_id == person_id,
            or_(Share.state.in_(ON_NETWORK), in_doubt),
        )
        .order_by(Share.posted_at.desc(), Share.id.desc())
    )
    return [PostLeft(title, place or "", doubt) for title, place, doubt in posts]
