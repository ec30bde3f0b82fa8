"""All parts of the bench, or those that are named.

    python -m bench [redirect] [library] [rollup] [release] [idle] [burst] [--short]

Each part starts its own servers on this machine, prints its figures beside their targets as
they come, and keeps them in .data/bench; what is not --short then writes docs/performance.md.
"""

import importlib
import sys
import time
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import report
from bench.figures import KEPT, Part, keep
from bench.machine import described

PARTS = {
    "redirect": "bench.redirect",
    "library": "bench.library",
    "rollup": "bench.rollup",
    "release": "bench.release",
    "idle": "bench.idle",
    "burst": "bench.burst_part",
}


def main() -> int:
    """Run them one after the other; 1 if a target was missed."""
    asked = _asked()
    done = [_run(name, short=asked.short) for name in asked.parts or PARTS]
    if not asked.short:
        report.write()
        print(f"Written: {report.FILE.name}")
    return int(any(one.verdict == "missed" for part in done for one in part.figures))


def _asked() -> Namespace:
    parser = ArgumentParser(prog="bench")
    parser.add_argument("parts", nargs="*", metavar="part", help=", ".join(PARTS))
    parser.add_argument(
        "--short", action="store_true", help="a minute or two each; proves nothing"
    )
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    return asked


def _run(name: str, *, short: bool) -> Part:
    print(f"\n{name}", flush=True)
    KEPT.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    # Beside the product and not in /tmp, which may be memory: flushes must cost something.
    with TemporaryDirectory(
        prefix=f"{name}-", dir=KEPT, ignore_cleanup_errors=True
    ) as folder:
        part = importlib.import_module(PARTS[name]).run(Path(folder), short=short)
    part.minutes = round((time.monotonic() - start) / 60, 1)
    part.date = datetime.now(UTC).date().isoformat()
    part.machine = described()
    print(f"     {part.minutes} minutes; kept in {keep(part).name}", flush=True)
    return part


if __name__ == "__main__":
    sys.exit(main())
