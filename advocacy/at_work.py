"""The worker and the clock as programs: `python -m advocacy.at_work worker` and `… beat`.

They take what is of use here of the options of `celery worker` and `celery beat`. Celery's
own programs would do, but they read a library for command lines that can be coloured,
repeated and typed at: 8 MB that each process would hold for as long as it runs.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from advocacy.worker import app

LEVELS = ("debug", "info", "warning", "error", "critical")


def main(arguments: Sequence[str]) -> None:
    """Run until told to end; ends the process."""
    given = vars(_parser().parse_args(arguments))
    given.pop("run")(given)


def _work(given: dict[str, Any]) -> None:
    worker = app.Worker(**given)
    worker.start()
    sys.exit(worker.exitcode)


def _beat(given: dict[str, Any]) -> None:
    app.Beat(**given).run()


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m advocacy.at_work")
    programs = parser.add_subparsers(required=True, metavar="{worker|beat}")
    worker = programs.add_parser("worker", help="posts, counts, and looks after all")
    worker.set_defaults(run=_work)
    beat = programs.add_parser("beat", help="says when it is time for what comes back")
    beat.set_defaults(run=_beat)
    for program in (worker, beat):
        program.add_argument("-l", "--loglevel", default="warning", choices=LEVELS)
        program.add_argument("--pidfile", help="where to write the process's number")
    _add_own_options(worker)
    return parser


def _add_own_options(worker: ArgumentParser) -> None:
    threads = "how many tasks at once; POSTING_THREADS says how many posts"
    worker.add_argument("-c", "--concurrency", type=int, help=threads)
    worker.add_argument("-Q", "--queues", help="with commas; all when left out")
    for talk in ("gossip", "mingle"):
        silent = f"--without-{talk}"
        worker.add_argument(silent, action="store_true", help="say less to others")


if __name__ == "__main__":
    main(sys.argv[1:])
