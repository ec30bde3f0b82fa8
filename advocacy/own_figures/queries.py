"""A person's own posts, newest first."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from advocacy.shares.models import EVER_POSTED, Share, ShareState
from content.items import Item


class Post(NamedTuple):
    """One post, as far as its figures need it."""

    share_id: int
    public_id: str
    title: str
    language: str
    network: str
    posted_at: datetime
    link_code: str | None
    deleted: bool  # from the network, by us


def own_posts(
    session: Session, person_id: int, *, before: str = "", most: int | None = None
) -> Sequence[Post]:
    """This person's posts, newest first; those older than the one `before` names."""
    query = (
        select(
            Share.id,
            Share.public_id,
            Item.title,
            Item.language,
            Share.network,
            Share.posted_at,
            Share.link_code,
            Share.state == ShareState.REMOVED,
        )
        .join(Item, Item.id == Share.item_id)
        .where(
            Share.person_id == person_id,
            Share.state.in_(EVER_POSTED),
            Share.posted_at.is_not(None),
        )
        .order_by(Share.posted_at.desc(), Share.id.desc())
        .limit(most)
    )
    if before:
        last = Share.person_id == person_id, Share.public_id == before
        of_last = (
            select(column).where(*last).correlate(None).scalar_subquery()
            for column in (Share.posted_at, Share.id)
        )
        query = query.where(tuple_(Share.posted_at, Share.id) < tuple_(*of_last))
    return [Post._make(row) for row in session.execute(query)]
