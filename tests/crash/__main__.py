"""Kill, freeze and cut off everything, and count what became of each post.

    python -m tests.crash [--seed N] [--only T1,T2] [--short]
                          [--broker-away SECONDS] [--database-away SECONDS]

Prints one table and ends with 1 if a post was lost or doubled, or a promise of
reliability.md broken.
"""

import sys
import time
from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from tests.crash.table import Row, say, show, tried
from tests.crash.trials import TRIALS
from tests.crash.world import Lengths, World


def main(arguments: list[str]) -> int:
    """Run what was asked for; the exit code."""
    parser = ArgumentParser(
        prog="crash", description=__doc__.split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="T1,T2,… (all if left out)")
    parser.add_argument(
        "--short", action="store_true", help="a minute instead of thirty"
    )
    usual = Lengths()
    for what, seconds in (
        ("broker", usual.broker_away),
        ("database", usual.database_away),
    ):
        parser.add_argument(
            f"--{what}-away",
            type=float,
            default=seconds,
            metavar="SECONDS",
            help=f"in the long form (T4, T5); {seconds:.0f} if left out",
        )
    given = parser.parse_args(arguments)
    chosen = {name.strip().upper() for name in given.only.split(",") if name.strip()}
    unknown = chosen - set(TRIALS)
    if unknown:
        parser.error(f"known are {', '.join(TRIALS)}")
    folder = Path(mkdtemp(prefix="crash-"))
    folder.chmod(0o755)  # PostgreSQL runs under another account than root
    say(f"Logs are in {folder}")
    lengths = Lengths(given.broker_away, given.database_away)
    start = time.monotonic()
    rows = _run(folder, lengths, chosen or set(TRIALS), given.seed, short=given.short)
    show(rows)
    form = "short" if given.short else "long"
    broken = sum(not row.holds for row in rows)
    say(
        f"{len(rows)} rows, {broken} broken, {form} form, seed {given.seed}: "
        f"{time.monotonic() - start:.0f} s in all"
    )
    if not all(row.holds for row in rows):
        return 1
    rmtree(folder)
    return 0


def _run(
    folder: Path, lengths: Lengths, chosen: set[str], seed: int, *, short: bool
) -> list[Row]:
    rows: list[Row] = []
    start = time.monotonic()
    with World(folder, lengths) as world:
        for name, trial in TRIALS.items():
            if name not in chosen:
                continue
            say(f"{name} begins at {time.monotonic() - start:.0f} s")
            for part in trial:
                rows += tried(name, partial(part, world, seed, short=short))
                world.mend()
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
