"""LinkedIn's own figures of a person's posts: asked for while they look, kept two days.

For that person alone. Nothing here counts over people, and nothing of it is released.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.queries import stays_on
from advocacy.shares.figure_rows import ShareFigures
from advocacy.shares.models import ON_NETWORK, Share
from integrations.network import Figure

# What LinkedIn lets be kept of a member's activity, at most (linkedin.md 4.4).
LONGEST = timedelta(hours=48)
# The clock comes every hour; even when it skips one, nothing is older than that.
KEPT = LONGEST - timedelta(hours=2)
# So long they are good enough; each post costs several of the day's calls.
FRESH = timedelta(hours=12)
# And so long nobody asks again after LinkedIn had no answer.
AGAIN = timedelta(hours=1)
MOST_AT_ONCE = 10
# After this nobody is reading any more.
READING = timedelta(minutes=1)


def posts_to_read(
    session: Session, person_id: int, network: str, at: datetime
) -> Sequence[tuple[int, str]]:
    """The newest posts without fresh figures: share and post ids."""
    query = (
        select(Share.id, Share.post_id)
        .outerjoin(ShareFigures, ShareFigures.share_id == Share.id)
        .where(
            Share.person_id == person_id,
            Share.network == network,
            Share.state.in_(ON_NETWORK),
            Share.post_id.is_not(None),
            or_(ShareFigures.asked_at.is_(None), ShareFigures.asked_at <= at - AGAIN),
            or_(
                ShareFigures.read_at.is_(None),
                ShareFigures.read_at <= at - FRESH,
                ShareFigures.counts == {},  # LinkedIn takes its time with new posts
            ),
        )
        .order_by(Share.posted_at.desc(), Share.id.desc())
        .limit(MOST_AT_ONCE)
    )
    return [(share_id, str(post_id)) for share_id, post_id in session.execute(query)]


def begin_reading(
    session: Session, person_id: int, share_id: int, at: datetime
) -> bool:
    """Take one post in hand; False: somebody else just has, or it may not be read."""
    if not stays_on(session, person_id, Purpose.READ_MY_FIGURES):
        return False
    taken = (
        insert(ShareFigures)
        .values(share_id=share_id, asked_at=at, counts={})
        .on_conflict_do_update(
            index_elements=[ShareFigures.share_id],
            set_={"asked_at": at},
            where=ShareFigures.asked_at <= at - AGAIN,
        )
        .returning(ShareFigures.share_id)
    )
    return session.scalars(taken).one_or_none() is not None


def keep_figures(
    session: Session,
    person_id: int,
    share_id: int,
    counts: Mapping[Figure, int],
    at: datetime,
) -> None:
    """Store what was read, unless it may not be any more."""
    if stays_on(session, person_id, Purpose.READ_MY_FIGURES):
        session.execute(
            update(ShareFigures)
            .where(ShareFigures.share_id == share_id)
            .values(
                read_at=at, counts={name.value: count for name, count in counts.items()}
            )
        )


def ask_sooner(session: Session, share_id: int) -> None:
    """The next look may ask again: LinkedIn did not know a new token yet."""
    session.execute(
        delete(ShareFigures).where(
            ShareFigures.share_id == share_id, ShareFigures.read_at.is_(None)
        )
    )


def figures_of(
    session: Session, person_id: int, at: datetime
) -> dict[int, ShareFigures]:
    """What may be shown of a person's posts, by share."""
    query = (
        select(ShareFigures)
        .join(Share, Share.id == ShareFigures.share_id)
        .where(Share.person_id == person_id, ShareFigures.read_at > at - LONGEST)
    )
    return {figures.share_id: figures for figures in session.scalars(query)}


def untold_figures(
    session: Session, person_id: int, at: datetime
) -> dict[int, datetime]:
    """When we asked in vain, by share; a reading takes seconds, so not in the first."""
    query = (
        select(ShareFigures.share_id, ShareFigures.asked_at)
        .join(Share, Share.id == ShareFigures.share_id)
        .where(
            Share.person_id == person_id,
            ShareFigures.read_at.is_(None),
            ShareFigures.asked_at < at - READING,
        )
    )
    return dict(session.execute(query).all())


def forget_figures_of(
    session: Session, person_id: int, purpose: Purpose, _at: datetime, /
) -> None:
    """Part of a withdrawal's cascade: without the purpose no figure is left."""
    if purpose is Purpose.READ_MY_FIGURES:
        mine = select(Share.id).where(Share.person_id == person_id)
        session.execute(delete(ShareFigures).where(ShareFigures.share_id.in_(mine)))


def forget_old_figures(session: Session, at: datetime) -> None:
    """For the clock: nothing is kept for 48 hours."""
    over = or_(
        ShareFigures.read_at <= at - KEPT,
        ShareFigures.read_at.is_(None) & (ShareFigures.asked_at <= at - KEPT),
    )
    session.execute(delete(ShareFigures).where(over))
