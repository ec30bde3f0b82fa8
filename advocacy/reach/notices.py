"""Notices about figures: given once, for good, and read where the figure would stand."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach import chain
from advocacy.reach.notice_rows import FigureNotice, NoticeKind
from integrations.clock import now
from integrations.database import hold

LOCK = 0x4E4F5449434553  # so that two notices never follow the same one


def give_notice(  # noqa: PLR0913 (each is one part of what is said)
    session: Session,
    kind: NoticeKind,
    table: str,
    window_start: date,
    reason: str,
    *,
    edition: int = 1,
    group: str | None = None,
) -> FigureNotice:
    """Say it to everybody who may see the figure; without a group, of all groups.

    `reason` is read by people, in the language of who wrote it.
    """
    wait_for_others(session)
    notice = FigureNotice(
        table=table,
        window_start=window_start,
        group=group,
        edition=edition,
        kind=kind,
        reason=reason,
        at=now(),
    )
    chain.append(session, notice)
    return notice


def wait_for_others(session: Session) -> None:
    """Until this transaction ends nobody else gives a notice."""
    hold(session, LOCK)


def notices(session: Session) -> Sequence[FigureNotice]:
    """All that were ever given, oldest first."""
    return session.scalars(select(FigureNotice).order_by(FigureNotice.id)).all()
