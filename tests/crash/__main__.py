"""Kill, freeze and cut off everything, and count what became of each post.

    python -m tests.crash [--seed N] [--seeds N] [--only T1,T2] [--short]
                          [--broker valkey|rabbitmq]
                          [--broker-away SECONDS] [--database-away SECONDS]

Prints one table and ends with 1 if a post was lost or doubled, or a promise of
reliability.md broken.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from tests.crash.alone import Order, tried
from tests.crash.hosts import Hosts
from tests.crash.table import Row, say, show
from tests.crash.trials import TRIALS, parts_of
from tests.crash.world import BROKERS, SHORT, Lengths


def main(arguments: list[str]) -> int:
    """Run what was asked for; the exit code."""
    given = _read(arguments)
    folder = Path(mkdtemp(prefix="crash-"))
    folder.chmod(0o755)  # PostgreSQL runs under another account than root
    hosts = _hosts()
    say(f"Logs are in {folder}; {hosts}; broker: {given.broker}")
    start = time.monotonic()
    rows = [_tried(order) for order in _orders(given, folder)]
    show(rows)
    broken = sum(not row.holds for row in rows)
    form = "short" if given.short else "long"
    last = given.seed + given.seeds - 1
    seeds = f"seed {last}" if given.seeds == 1 else f"seeds {given.seed} to {last}"
    say(
        f"{len(rows)} rows, {broken} broken, {form} form, {seeds}, {hosts}, broker: "
        f"{given.broker}; {time.monotonic() - start:.0f} s in all"
    )
    if broken:
        return 1
    rmtree(folder)
    return 0


def _read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(
        prog="crash", description=__doc__.split("\n", maxsplit=1)[0]
    )
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    parser.add_argument("--seeds", type=int, default=1, help="how many, one by one")
    parser.add_argument("--only", default="", help="T1,T2,… (all if left out)")
    parser.add_argument("--broker", choices=BROKERS, default="valkey")
    parser.add_argument(
        "--short", action="store_true", help="minutes instead of an hour"
    )
    usual = Lengths()
    for what, seconds in (
        ("broker", usual.broker_away),
        ("database", usual.database_away),
    ):
        parser.add_argument(
            f"--{what}-away",
            type=float,
            metavar="SECONDS",
            help=f"in T4 and T5; {seconds:.0f} in the long form if left out",
        )
    given = parser.parse_args(arguments)
    if given.seeds < 1:  # nothing tried would read as nothing broken
        parser.error("--seeds is 1 or more")
    chosen = {name.strip().upper() for name in given.only.split(",") if name.strip()}
    if chosen - set(TRIALS):
        parser.error(f"known are {', '.join(TRIALS)}")
    given.trials = chosen or set(TRIALS)
    return given


def _orders(given: Namespace, folder: Path) -> list[Order]:
    form = SHORT if given.short else Lengths()
    lengths = Lengths(
        form.broker_away if given.broker_away is None else given.broker_away,
        form.database_away if given.database_away is None else given.database_away,
    )
    parts = parts_of(given.trials, short=given.short)
    seeds = range(given.seed, given.seed + given.seeds)
    wanted = [(part.name, seed) for seed in seeds for part in parts]
    return [
        Order(name, seed, str(folder / str(n)), given.short, given.broker, lengths)
        for n, (name, seed) in enumerate(wanted)
    ]


def _tried(order: Order) -> Row:
    row = tried(order)
    say("   ".join(row.cells))
    return row


def _hosts() -> str:
    """What this machine permits; the parts find the same."""
    hosts = Hosts(separate=True)
    found = str(hosts)
    hosts.close()
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
