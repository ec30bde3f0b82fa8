"""What communications' pages read beyond `content.queries`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Text, cast, func, select
from sqlalchemy.orm import Session, selectinload

from content.items import Item
from content.queries import Stage, all_items_for_curation, curation_place

MOST_GOALS = 20
ON_A_PAGE = 25


def items_on_their_way(session: Session, at: datetime) -> Sequence[Item]:
    """Drafts and planned items with all their parts, to say what is still open."""
    ids = [item.id for item in all_items_for_curation(session, at, Stage.COMING)]
    parts = (Item.wordings, Item.topics, Item.media)
    found = session.scalars(
        select(Item)
        .where(Item.id.in_(ids))
        .options(*(selectinload(part) for part in parts))
        .execution_options(populate_existing=True)
    )
    return sorted(found, key=lambda item: ids.index(item.id))


def items_gone(
    session: Session, at: datetime, search: str, before: str
) -> tuple[Sequence[Item], str | None]:
    """One page of what left the library, latest first, and where the next begins."""
    found = all_items_for_curation(
        session,
        at,
        Stage.GONE,
        search=search,
        limit=ON_A_PAGE + 1,
        before=before,
    )
    more = len(found) > ON_A_PAGE
    older = curation_place(found[ON_A_PAGE - 1], Stage.GONE) if more else None
    return found[:ON_A_PAGE], older


def goals_named(session: Session) -> Sequence[str]:
    """Goals that items name already, the latest first: suggestions for the next."""
    last = func.max(Item.created_at)
    named = select(Item.goal).where(Item.goal != "").group_by(Item.goal)
    return session.scalars(named.order_by(last.desc()).limit(MOST_GOALS)).all()


def item_just_made(
    session: Session, kind: str, title: str, why: str, since: datetime
) -> int | None:
    """The item that a first press of the same button made a moment ago."""
    same = select(Item.id).where(
        cast(Item.kind, Text) == kind, Item.title == title, Item.why == why
    )
    made = same.where(Item.created_at >= since)
    return session.scalar(made.order_by(Item.id).limit(1))
