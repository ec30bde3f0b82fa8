"""Attack the released figures, and measure what they are good for.

    python -m tests.attacks [--seed N] [--only A1,A2] [--short]

Prints one table and ends with 1 if an attack did better than it may, or if it failed
against exact totals, where withstanding it means nothing; a whole run also if a figure
is far from what was promised. A whole run writes
docs/privacy-report.md and the results that the pages show.
"""

import sys
import time
from argparse import ArgumentParser, Namespace
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.attacks.lengths import SHORT, Lengths
from tests.attacks.report import Results, write
from tests.attacks.table import keep_quiet, say, show, show_useful
from tests.attacks.trials import ALL, MISSING, TRIALS
from tests.attacks.useful_items import useful_items
from tests.attacks.utility import useful_figures

PROCESSES = 2


def main(arguments: list[str]) -> int:
    """Run what was asked for; the exit code."""
    given = _read(arguments)
    lengths = Lengths(seed=given.seed, **(SHORT if given.short else {}))
    start = time.monotonic()
    # Each begins anew: a loop that runs in a thread here would stand still in a copy.
    anew = get_context("spawn")
    with ProcessPoolExecutor(PROCESSES, anew, keep_quiet) as processes:
        tried = [
            (name, processes.submit(part, lengths))
            for name in ALL
            if name in given.trials
            for part in TRIALS[name]
        ]
        useful = [
            processes.submit(one, lengths) for one in (useful_figures, useful_items)
        ]
        findings = [finding for _, part in tried for finding in part.result()]
        figures, items = (one.result() for one in useful)
    minutes = (time.monotonic() - start) / 60
    show(findings)
    show_useful(figures, items)
    results = Results(lengths, findings, figures, items, minutes)
    whole = not given.short and given.trials == set(TRIALS)
    if whole:
        write(results)
    return _end(results, whole=whole)


def _read(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="privacy", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--seed", type=int, default=1, help="of the coin")
    parser.add_argument("--only", default="", help="A1,A2,… (all if left out)")
    parser.add_argument("--short", action="store_true", help="seconds, wider bounds")
    given = parser.parse_args(arguments)
    chosen = {name.strip().upper() for name in given.only.split(",") if name.strip()}
    if chosen - set(TRIALS):
        parser.error(f"known are {', '.join(TRIALS)}")
    given.trials = chosen or set(TRIALS)
    return given


def _end(results: Results, *, whole: bool) -> int:
    """A short run says too little about a median to fail on one."""
    broken = sum(not one.holds for one in results.findings)
    far = sum(one.far_off for one in (*results.figures, *results.items)) if whole else 0
    if MISSING:
        say(f"Not tried: {', '.join(MISSING)}")
    say(
        f"{len(results.findings)} rows, {broken} broken, {far} figures far off, seed "
        f"{results.lengths.seed}, {results.lengths.trials:,} trials; "
        f"{results.minutes:.1f} minutes"
    )
    return 1 if broken or far else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
