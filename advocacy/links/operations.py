"""Making links, and taking the person off them again."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.links.codes import new_code
from advocacy.links.models import ClickDay, ClickTotal, Link, link_end

# How late a common link's end may be put off: not by each of a day's many shares.
ONCE_A_DAY = timedelta(days=1)


def link_for(
    session: Session, item_id: int, target: str, person_id: int | None
) -> Link:
    """The link to put into one share.

    Pass a person only while their purpose P3 is on: then every share gets a code of its
    own. Without a person it is the item's common link.
    """
    if person_id is not None:
        link = Link(
            code=new_code(),
            target=target,
            item_id=item_id,
            person_id=person_id,
        )
        session.add(link)
        session.flush()
        return link
    return _common_link(session, item_id, target)


def _common_link(session: Session, item_id: int, target: str) -> Link:
    # Two people may want the item's first link at once: the second waits for the first
    # here.
    new = insert(Link).values(code=new_code(), target=target, item_id=item_id)
    end = link_end()
    session.execute(
        new.on_conflict_do_update(
            index_elements=["item_id", text("md5(target)")],
            index_where=text("NOT personal"),
            set_={"expires_at": end},
            where=Link.expires_at < end - ONCE_A_DAY,
        )
    )
    return session.scalars(
        select(Link).where(
            Link.item_id == item_id, Link.target == target, ~Link.personal
        )
    ).one()


def freeze_links(session: Session, person_id: int, purpose: str, at: datetime) -> None:
    """After P3 is withdrawn: links lead on, uncounted and nobody's; counts are gone."""
    _ = at
    if purpose != Purpose.COUNT_MY_CLICKS:
        return
    # Locked in the order in which counting and retention lock them.
    codes = session.scalars(
        select(Link.code)
        .where(Link.person_id == person_id)
        .order_by(Link.code)
        .with_for_update()
    ).all()
    freeze(session, codes)


def freeze(session: Session, codes: Sequence[str]) -> None:
    """Take the person and the counts off links that the caller has locked."""
    session.execute(
        update(Link).where(Link.code.in_(codes)).values(frozen=True, person_id=None)
    )
    for counts in (ClickDay, ClickTotal):
        session.execute(delete(counts).where(counts.code.in_(codes)))
