"""Changes modules in small ways and says which changes no test notices.

    python -m tests.mutation PYTHON NOTES [MODULE …]

PYTHON is one that has cosmic-ray, NOTES a file for what came of each change, a MODULE a
path without `.py`. Begins in a copy of the tree; ends with 1 where less than nine of ten
changes are noticed.
"""

# ruff: noqa: T201 – what it prints is all it makes

import difflib
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.mutation.modules import OTHERS, tests_of
from tests.mutation.notes import Notes
from tests.mutation.seats import Seat, spread
from tests.mutation.trying import Module, run_instead, unnoticed, warm_up

ENOUGH = 0.9
BASELINE_SECONDS = 600
PATIENCE_SECONDS = 60


def try_module(
    tool: str, notes: Notes, name: str, seats: Sequence[Seat]
) -> tuple[int, int]:
    """How many changes of a module were noticed, and of how many; prints the others."""
    module = Module(Path(f"{name}.py"), tests_of(name))
    made = subprocess.check_output([tool, "tests/mutation/changing.py", module.file])
    changes: list[str] = json.loads(made)
    began = time.monotonic()
    survivors = unnoticed(seats, module, changes, _check(module, seats), notes)
    for one in survivors:
        print(_difference(module.source, one))
    noticed = len(changes) - len(survivors)
    report(name, noticed, len(changes), time.monotonic() - began)
    return noticed, len(changes)


def _check(module: Module, seats: Sequence[Seat]) -> float:
    """For how many seconds a change may be tried; that its tests can tell is certain."""
    broken = f"{module.source}\nraise AssertionError\n"
    began = time.monotonic()
    for source, expected in ((module.source, False), (broken, True)):
        work = partial(run_instead, module, source)
        if bool(spread(seats[:1], [work], BASELINE_SECONDS)[0]) is not expected:
            print(seats[0].log.read_text())
            raise SystemExit(
                f"{module.file}: its tests fail anyhow, or do not import it"
            )
    return PATIENCE_SECONDS + 3 * (time.monotonic() - began)


def _difference(source: str, change: str) -> str:
    lines = difflib.unified_diff(
        source.splitlines(), change.splitlines(), lineterm="", n=0
    )
    return "\n".join(list(lines)[2:])


def report(name: str, killed: int, total: int, seconds: float) -> None:
    """One line for a module, or for all."""
    share = killed / max(total, 1)
    print(f"{name}: {killed}/{total} noticed, {share:.1%}, {seconds:.0f} s", flush=True)


def main(tool: str, notes_file: str, *modules: str) -> int:
    """The exit status."""
    notes = Notes(Path(notes_file))
    began = time.monotonic()
    chosen = modules or tuple(OTHERS)
    seats = [Seat() for _ in range(os.cpu_count() or 1)]
    try:
        warm_up(seats, sorted({file for module in chosen for file in tests_of(module)}))
        counts = [try_module(tool, notes, module, seats) for module in chosen]
    finally:
        for seat in seats:
            seat.leave()
    killed, total = map(sum, zip(*counts, strict=True))
    report("all", killed, total, time.monotonic() - began)
    return 0 if killed >= ENOUGH * total else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
