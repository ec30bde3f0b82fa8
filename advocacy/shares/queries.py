"""What a person may read of their own shares. There is no query over other people's."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, joinedload

from advocacy.hooks import PostLeft
from advocacy.shares.models import (
    LIVE_STATES,
    ON_NETWORK,
    UNSENT,
    PublishAttempt,
    Share,
    ShareState,
)
from advocacy.shares.reasons import Reason
from content.items import Item

SHOWN = 200  # on one page
# None of these is ever left out: they leave, or ask their owner.
OPEN = (*UNSENT, ShareState.SENDING, ShareState.UNCERTAIN)
# Whose last try, if there was one, did not arrive.
NOT_POSTED = (
    ShareState.CANCELLED,
    ShareState.FAILED,
    ShareState.MISSED,
    ShareState.NEEDS_RECONNECT,
)


def shares_of(session: Session, person_id: int) -> Sequence[Share]:
    """A person's shares, newest first, with item and media; the oldest may be left out."""
    newest = Share.created_at.desc(), Share.id.desc()
    shown = (
        select(Share.id)
        .where(Share.person_id == person_id, Share.reason != Reason.TAKEN_OFF)
        .order_by(Share.state.in_(OPEN).desc(), *newest)
        .limit(SHOWN)
    )
    return session.scalars(
        select(Share)
        .where(Share.id.in_(shown))
        .options(joinedload(Share.item).selectinload(Item.media))
        .order_by(*newest)
    ).all()


def share_of(session: Session, person_id: int, public_id: str) -> Share | None:
    """One of a person's own shares, with item and media; None for anybody else's."""
    return session.scalar(
        select(Share)
        .where(Share.person_id == person_id, Share.public_id == public_id)
        .options(joinedload(Share.item).selectinload(Item.media))
    )


def live_shares(
    session: Session, person_id: int, item_id: int, network: str, day: date
) -> Sequence[Share]:
    """The shares of that item that go or went out on that day: as a rule one at most."""
    return session.scalars(
        select(Share)
        .where(
            Share.person_id == person_id,
            Share.item_id == item_id,
            Share.network == network,
            Share.target_day == day,
            Share.state.in_(LIVE_STATES),
        )
        .order_by(Share.extra)
    ).all()


def confirmed_lately(
    session: Session, person_id: int, confirmation: str, since: datetime
) -> Sequence[Share]:
    """What goes out or went out exactly as confirmed so, and was pressed since then."""
    return session.scalars(
        select(Share).where(
            Share.person_id == person_id,
            Share.created_at > since,
            Share.confirmation == confirmation,
            Share.state.in_(LIVE_STATES),
        )
    ).all()


def tried_at(session: Session, person_id: int) -> dict[int, datetime]:
    """When each of a person's posts in doubt was last about to be sent.

    A question about it is no try. What a restored copy put in doubt is left out: its
    tries, if there were any, are what that copy does not know.
    """
    doubted = (
        Share.state == ShareState.UNCERTAIN,
        Share.reason != Reason.RESTORED,
        ~PublishAttempt.is_probe,
    )
    found = session.execute(
        select(Share.id, func.max(PublishAttempt.armed_at).label("tried"))
        .join(PublishAttempt, PublishAttempt.share_id == Share.id)
        .where(Share.person_id == person_id, *doubted)
        .group_by(Share.id)
    )
    return {one.id: one.tried for one in found}


def earlier_doubts(session: Session, person_id: int) -> frozenset[int]:
    """A person's shares that did not leave, of which an earlier try may have arrived."""
    return frozenset(
        session.scalars(
            select(Share.id).where(
                Share.person_id == person_id,
                Share.state.in_(NOT_POSTED),
                Share.reason != Reason.NOT_THERE,  # its owner looked
                exists().where(
                    PublishAttempt.share_id == Share.id,
                    PublishAttempt.outcome == ShareState.UNCERTAIN.value,
                ),
            )
        )
    )


def posts_planned(session: Session, person_id: int) -> int:
    """How many of a person's posts a withdrawal stops before they leave."""
    unsent = Share.person_id == person_id, Share.state.in_(UNSENT)
    return session.scalar(select(func.count()).where(*unsent)) or 0


def posts_leaving(session: Session, person_id: int) -> int:
    """How many of a person's posts are on the wire at this moment."""
    leaving = Share.person_id == person_id, Share.state == ShareState.SENDING
    return session.scalar(select(func.count()).where(*leaving)) or 0


def posts_left(session: Session, person_id: int) -> list[PostLeft]:
    """What stays on the network after a withdrawal, or may be there."""
    in_doubt = Share.state == ShareState.UNCERTAIN
    posts = session.execute(
        select(Item.title, Share.network, Share.post_address, in_doubt)
        .join(Share, Share.item_id == Item.id)
        .where(
            Share.person_id == person_id,
            or_(Share.state.in_(ON_NETWORK), in_doubt),
        )
        .order_by(Share.posted_at.desc(), Share.id.desc())
    )
    return [
        PostLeft(title, network, place or "", doubt)
        for title, network, place, doubt in posts
    ]
