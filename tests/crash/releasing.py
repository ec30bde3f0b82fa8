"""A process that releases what is due and is killed at a point on the way.

    python -m tests.crash.releasing DATABASE FOLDER MOMENT [POINT]

The product knows nothing of the points: the functions behind them are wrapped here.
"""

import os
import signal
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from advocacy.reach import release
from advocacy.reach.drafts import Drafts
from advocacy.reach.tasks import open_drafts, run_due_releases
from integrations import whole_files
from integrations.clock import clock_at
from integrations.database import connect


class Point(StrEnum):
    """In the order in which a release passes them."""

    BOOKED = "booked"  # the cost, in the same transaction
    DRAWN = "drawn"  # in memory alone
    WRITTEN = "written"  # the file has not its name yet
    KEPT = "kept"  # the file is there
    SEALED = "sealed"  # the rows are made, not stored
    STORED = "stored"  # and not committed
    RELEASED = "released"  # the first is committed, the others are to come


def main() -> None:
    """Once, as the clock's job does it."""
    database, folder, moment, *point = sys.argv[1:]
    connect(database)
    open_drafts(Drafts(Path(folder)))
    if point:
        _die_at(Point(point[0]))
    with clock_at(datetime.fromisoformat(moment)):
        run_due_releases()


def _die_at(point: Point) -> None:
    match point:
        case Point.BOOKED:
            _after(release, "book")
        case Point.DRAWN:
            _after(release, "_draw")
        case Point.WRITTEN:
            Drafts(Path(sys.argv[2])).folder.mkdir(exist_ok=True)  # its own flush
            _after(whole_files.os, "fsync")
        case Point.KEPT:
            _after(Drafts, "keep")
        case Point.SEALED:
            _after(release, "figure_rows")
        case Point.STORED:
            _after(sys.modules["advocacy.reach.tasks"], "release_batch")
        case Point.RELEASED:
            _after(sys.modules["advocacy.reach.tasks"], "release_batch", times=2)


def _after(owner: Any, name: str, times: int = 1) -> None:
    """Kill this process once the function has run so often."""
    wrapped = getattr(owner, name)
    ran = 0

    def wrapper(*given: Any, **named: Any) -> Any:
        nonlocal ran
        found = wrapped(*given, **named)
        ran += 1
        if ran == times:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    setattr(owner, name, wrapper)


if __name__ == "__main__":
    main()
