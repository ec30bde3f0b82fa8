"""Making links, counting visits to them, and taking the person off them again."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import TextClause, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.links.codes import new_code
from advocacy.links.models import ClickDay, Link, Outcome

Visits = tuple[str, date, Outcome, int]

# Adds the rows of `seen` (each code, day and outcome once) to the counts. Rows of frozen
# or forgotten links fall out here, whatever a process still believes of them; FOR SHARE
# lets a withdrawal wait for a count under way, and the order keeps two of them from
# locking each other.
COUNT_SEEN = """
    INSERT INTO click_day (code, day, outcome, visits)
    SELECT counting.code, seen.day, seen.outcome, seen.visits
    FROM seen JOIN link AS counting ON counting.code = seen.code
    WHERE NOT counting.frozen
    ORDER BY counting.code, seen.day, seen.outcome
    FOR SHARE OF counting
    ON CONFLICT (code, day, outcome)
    DO UPDATE SET visits = click_day.visits + excluded.visits
"""
ADD_VISITS: TextClause = text(
    f"""
    WITH seen AS (
        SELECT * FROM unnest(
            CAST(:codes AS text[]), CAST(:days AS date[]),
            CAST(:outcomes AS text[]), CAST(:visits AS int[])
        ) AS seen (code, day, outcome, visits)
    )
    {COUNT_SEEN}
    """  # noqa: S608 – constants of our own
)


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
    session.execute(
        insert(Link)
        .values(code=new_code(), target=target, item_id=item_id)
        .on_conflict_do_nothing(
            index_elements=["item_id", text("md5(target)")],
            index_where=text("NOT personal"),
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
    # Locked in the order in which visits lock them.
    codes = session.scalars(
        select(Link.code)
        .where(Link.person_id == person_id)
        .order_by(Link.code)
        .with_for_update()
    ).all()
    session.execute(
        update(Link).where(Link.code.in_(codes)).values(frozen=True, person_id=None)
    )
    session.execute(delete(ClickDay).where(ClickDay.code.in_(codes)))


def record_visits(session: Session, visits: Iterable[Visits]) -> None:
    """Add visits in bulk; what is frozen or unknown is left out."""
    session.execute(ADD_VISITS, _as_columns(visits))


def _as_columns(visits: Iterable[Visits]) -> dict[str, list[Any]]:
    """What ADD_VISITS takes: each (code, day, outcome) once, in a fixed order."""
    sums: Counter[tuple[str, date, Outcome]] = Counter()
    for code, day, outcome, number in visits:
        sums[code, day, outcome] += number
    rows = sorted(sums.items())
    return {
        "codes": [code for (code, _, _), _ in rows],
        "days": [day for (_, day, _), _ in rows],
        "outcomes": [outcome.value for (_, _, outcome), _ in rows],
        "visits": [number for _, number in rows],
    }
