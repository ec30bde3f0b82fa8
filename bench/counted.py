"""How many visits are on record: asked of the database itself, not of the process.

Only visits that count are asked for: they are the ones an answer waits for. Those that the
process took for programs or for the same visitor again would be fast, and prove nothing.
"""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine, text

QUIET_SECONDS, LONGEST = 0.3, 10.0
COUNTED = "counted"

IN_DAYS = text(
    "SELECT coalesce(sum(visits), 0) FROM click_day WHERE outcome = 'counted'"
)
# Batches that are not counted yet: a line for each (code, day, outcome, visits).
IN_BATCHES = text("SELECT id, visits FROM visit_batch")


def counter(engine: Engine, data_folder: Path) -> Callable[[], int]:
    """A function that says how many, once nothing more is being written."""

    def now() -> int:
        with engine.connect() as connection:
            found = int(connection.scalar(IN_DAYS) or 0)
            batches = dict(_kept(data_folder))
            for number, visits in connection.execute(IN_BATCHES):
                batches[str(number)] = visits
        return found + sum(map(counted_in, batches.values()))

    def settled() -> int:
        before, start = -1, time.monotonic()
        while (found := now()) != before and time.monotonic() - start < LONGEST:
            before = found
            time.sleep(QUIET_SECONDS)
        return found

    return settled


def _kept(data_folder: Path) -> Iterator[tuple[str, str]]:
    """Batches that wait on the disk, because the database was away for a moment."""
    for file in (data_folder / "visits").glob("*.txt"):
        yield file.stem, file.read_text("ascii")


def counted_in(visits: str) -> int:
    """The visits of a batch that count."""
    lines = (line.split(" ") for line in visits.splitlines())
    return sum(
        int(number) for _code, _day, outcome, number in lines if outcome == COUNTED
    )
