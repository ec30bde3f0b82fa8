"""The numbers of a table as they hold in a year: the constants, or what was raised."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach.models import Metric
from advocacy.reach.parameter_rows import ParameterChange, ParameterProposal
from advocacy.reach.tables import TABLES, Measure, Table


def in_force(session: Session, table: Table, year: int) -> Table:
    """The table for windows that begin in that year. `table` is one of the constants.

    A change counts from its year on, unless it was taken back before. None can lower
    anything, whatever is stored (privacy.md 1.5, step 11).
    """
    decided = session.scalars(
        select(ParameterChange)
        .where(ParameterChange.table == table.name, ParameterChange.year <= year)
        .order_by(ParameterChange.id)
    ).all()
    return _as_raised(table, standing(decided))


def all_in_force(session: Session, year: int) -> dict[str, Table]:
    """Every table by its name, as it holds for windows that begin in that year."""
    raised = [one for one in standing(changes(session)) if one.year <= year]
    return {
        name: _as_raised(table, [one for one in raised if one.table == name])
        for name, table in TABLES.items()
    }


def next_year(moment: datetime) -> int:
    """The year that what is decided now counts from: never one that has begun."""
    return moment.year + 1


def changes(session: Session) -> Sequence[ParameterChange]:
    """All that was ever decided, oldest first."""
    return session.scalars(select(ParameterChange).order_by(ParameterChange.id)).all()


def standing(decided: Sequence[ParameterChange]) -> list[ParameterChange]:
    """Those that raise something, oldest first, from `decided` in that order.

    Whatever is stored, nothing is taken back once its year has begun.
    """
    found: list[ParameterChange] = []
    for one in decided:
        if not one.takes_back:
            found.append(one)
        elif one.decided_at.astimezone(UTC).year < one.year:
            found = [other for other in found if _figure(other) != _figure(one)]
    return found


def _figure(one: ParameterChange) -> tuple[str, Metric, int]:
    return one.table, one.metric, one.year


def open_proposals(session: Session) -> Sequence[ParameterProposal]:
    """What waits for a second person, oldest first."""
    still_open = select(ParameterProposal).where(ParameterProposal.closed_at.is_(None))
    return session.scalars(still_open.order_by(ParameterProposal.id)).all()


def waiting_for(session: Session, person_id: int) -> int:
    """How many proposals of others wait, for one who holds the second key."""
    others = select(func.count()).where(
        ParameterProposal.closed_at.is_(None),
        ParameterProposal.proposed_by.is_distinct_from(person_id),
    )
    return session.scalar(others) or 0


def open_proposal(
    session: Session, table: str, metric: Metric
) -> ParameterProposal | None:
    """The one that waits for this figure, for whatever year."""
    proposals = select(ParameterProposal).where(
        ParameterProposal.table == table,
        ParameterProposal.metric == metric,
        ParameterProposal.closed_at.is_(None),
    )
    return session.scalars(proposals).first()


def _as_raised(table: Table, raised: Sequence[ParameterChange]) -> Table:
    return replace(
        table,
        floor=max([table.floor, *(one.floor or 0 for one in raised)]),
        measures=tuple(_raised(measure, raised) for measure in table.measures),
    )


def _raised(measure: Measure, by: Sequence[ParameterChange]) -> Measure:
    said = [one.sigma or 0 for one in by if one.metric is measure.metric]
    return replace(measure, sigma=max([measure.sigma, *said]))
