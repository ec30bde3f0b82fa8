"""One process that opens windows and releases their figures, and tells how long it took.

    python -m bench.releasing ADDRESS

Prints a line of JSON: seconds of opening and of releasing, figures, and peak memory.
"""

import json
import resource
import sys
import time
from datetime import UTC, date, datetime

from advocacy.reach.batches import due_batches
from advocacy.reach.opening import open_due
from advocacy.reach.release import release_batch
from bench.organisation import OPENED, RELEASED
from integrations.clock import clock_at, now
from integrations.database import connect, transaction


def main() -> None:
    """The windows that begin on OPENED, all released when the longest is over."""
    connect(sys.argv[1], statement_timeout_ms=900_000)
    with clock_at(_morning(OPENED)):
        start = time.perf_counter()
        with transaction() as session:
            open_due(session, OPENED)
        opening = time.perf_counter() - start
    with clock_at(_morning(RELEASED)):
        releases = _release_all()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"opening": opening, "releases": releases, "megabytes": peak}))


def _release_all() -> list[tuple[str, int, float]]:
    """Of each table its figures and seconds."""
    with transaction() as session:
        due = due_batches(session, now())
    done = []
    for batch in due:
        start = time.perf_counter()
        with transaction() as session:
            figures = len(release_batch(session, batch))
        done.append((batch.table, figures, time.perf_counter() - start))
    return done


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC)


if __name__ == "__main__":
    main()
