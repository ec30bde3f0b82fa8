"""What a higher floor or more noise would do, as far as published head-counts tell it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from advocacy.reach.display import heads_shown
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.models import ReleasedFigure
from advocacy.reach.parameter_rows import ParameterProposal
from advocacy.reach.quarters import size_on
from advocacy.reach.tables import PLAN, Level, Table
from advocacy.reach.windows import last_opening


@dataclass(frozen=True)
class Effect:
    """Of one proposal, on the figures that there are now; heads to the nearest ten."""

    table: Table  # as it is in force next year without it
    floor: int | None
    margin: tuple[int, int] | None  # without it, and with it
    applies: bool  # an organisation of today's size has this table
    people: int  # on the first day of the quarter; 0: not noted
    parts: int  # groups whose figure can be read now
    large_enough: int  # of those
    smallest: int  # heads of the smallest of those; 0: none


def effect(
    session: Session, proposal: ParameterProposal, table: Table, moment: datetime
) -> Effect:
    """What confirming it does; `table` as it is in force next year. Three statements."""
    heads = _heads_of_parts(session, table, moment)
    floor, margin = proposal.floor, table.measure(proposal.metric).margin
    size = size_on(session, moment.date())
    tables = PLAN[size] if size else ()
    return Effect(
        table=table,
        floor=floor,
        margin=(margin, 2 * proposal.sigma) if proposal.sigma else None,
        applies=table.name in {one.name for one in tables},
        people=heads_shown(_people(session)),
        parts=len(heads),
        large_enough=sum(one >= (floor or 0) for one in heads),
        smallest=min(heads, default=0),
    )


def _people(session: Session) -> int:
    latest = select(QuarterSize.heads).order_by(QuarterSize.start.desc()).limit(1)
    return session.scalar(latest) or 0


def _heads_of_parts(session: Session, table: Table, moment: datetime) -> list[int]:
    """Of the groups in the last window that can be read, totals left out."""
    if table.level not in {Level.DIVISION, Level.UNIT}:
        return []
    readable = (
        (ReleasedFigure.table == table.name)
        & (ReleasedFigure.level == table.level)
        & (ReleasedFigure.released_at < last_opening(moment))
    )
    last = select(func.max(ReleasedFigure.window_start)).where(readable)
    heads = session.execute(
        select(ReleasedFigure.group, func.max(ReleasedFigure.heads))
        .where(
            readable,
            ReleasedFigure.parts == 1,
            ReleasedFigure.window_start == last.scalar_subquery(),
        )
        .group_by(ReleasedFigure.group)
    )
    return [heads_shown(number) for _group, number in heads]
