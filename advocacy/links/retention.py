"""How long links and their counts are kept (privacy.md 6).

Each does a part at a time, so that nobody waits long for its locks, and says how many
links it found; whoever calls goes on, each time in a transaction of its own, until it
finds none.
"""

from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from advocacy.links.models import LINK_KEPT, ClickDay, ClickTotal, Link
from advocacy.links.operations import freeze

# A quarter and a margin: the longest window of released figures needs its days.
DAYS_KEPT = timedelta(days=100)
# 13 months: one year of looking back.
PERSON_KEPT = timedelta(days=396)
MOST_TOGETHER = 1_000

# Links are locked before their counts and in the order of their codes, as counting and
# withdrawals lock them; of one that was frozen meanwhile no days are left to find.
FOLD_DAYS = text(
    """
    WITH held AS MATERIALIZED (
        SELECT code FROM link WHERE code IN (
            SELECT DISTINCT code FROM click_day WHERE day < :before LIMIT :most
        ) ORDER BY code FOR NO KEY UPDATE
    ), old AS (
        DELETE FROM click_day USING held
        WHERE click_day.code = held.code AND click_day.day < :before
        RETURNING click_day.code, click_day.outcome, click_day.visits
    ), added AS (
        INSERT INTO click_total (code, outcome, visits)
        SELECT code, outcome, sum(visits) FROM old GROUP BY code, outcome
        ON CONFLICT (code, outcome)
        DO UPDATE SET visits = click_total.visits + excluded.visits
    )
    SELECT count(*) FROM held
    """
)


def fold_days(session: Session, today: date, most: int = MOST_TOGETHER) -> int:
    """Put the days older than DAYS_KEPT together into one total a link and outcome."""
    asked = {"before": today - DAYS_KEPT, "most": most}
    return session.scalars(FOLD_DAYS, asked).one()


def reach_back_to(session: Session, day: date) -> bool:
    """Whether no visits from that day on were put together: nothing ever was, or older
    days are still kept. A `fold_days` that is under way, or was broken off between two
    parts, is not seen. False also where nobody visited anything as early as that.
    """
    older = select(ClickDay.code).where(ClickDay.day <= day).exists()
    folded = select(ClickTotal.code).exists()
    return session.scalar(select(older | ~folded)) or False


def take_people_off(session: Session, at: datetime, most: int = MOST_TOGETHER) -> int:
    """Links older than PERSON_KEPT lead on, uncounted and nobody's; counts are gone."""
    ends = at + LINK_KEPT - PERSON_KEPT
    old = Link.person_id.is_not(None), Link.expires_at <= ends
    codes = session.scalars(
        select(Link.code).where(*old).order_by(Link.code).limit(most).with_for_update()
    ).all()
    freeze(session, codes)
    return len(codes)


def end_links(session: Session, at: datetime, most: int = MOST_TOGETHER) -> int:
    """Delete links that are over. Who presses one then finds what an unknown one shows."""
    over = select(Link.code).where(Link.expires_at <= at).order_by(Link.code)
    codes = session.scalars(over.limit(most).with_for_update()).all()
    session.execute(delete(Link).where(Link.code.in_(codes)))
    return len(codes)
