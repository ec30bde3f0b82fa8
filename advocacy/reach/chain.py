"""The seal of each released figure, over it and the one before: a change would show."""

import hashlib
import json
from datetime import UTC

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.reach.models import ReleasedFigure

BEGINNING = "0" * 64


def seal(figure: ReleasedFigure) -> str:
    """The hash over everything that is stored of a figure."""
    part = {
        "window_start": figure.window_start.isoformat(),
        "window_end": figure.window_end.isoformat(),
        "table": figure.table,
        "group": figure.group,
        "metric": figure.metric.value,
        "noisy": figure.noisy,
        "margin": figure.margin,
        "heads": figure.heads,
        "method_version": figure.method_version,
        "released_at": figure.released_at.astimezone(UTC).isoformat(),
        "previous_hash": figure.previous_hash,
    }
    text = json.dumps(part, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def head(session: Session) -> str:
    """The seal the next figure follows."""
    latest = select(ReleasedFigure.own_hash).order_by(ReleasedFigure.id.desc()).limit(1)
    return session.scalar(latest) or BEGINNING


def is_whole(session: Session) -> bool:
    """Whether every figure is as it was released, and none is missing in between."""
    before = BEGINNING
    stored = select(ReleasedFigure).order_by(ReleasedFigure.id)
    for figure in session.scalars(stored.execution_options(populate_existing=True)):
        if figure.previous_hash != before or figure.own_hash != seal(figure):
            return False
        before = figure.own_hash
    return True
