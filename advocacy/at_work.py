"""The worker and the clock as programs: `python -m advocacy.at_work worker` and `… beat`.

They take the options of `celery worker` and `celery beat`. Celery's own program would
do, but it reads all its commands first, one of them with a command line to type at: 6 MB
that each of these processes would hold for as long as it runs.
"""

import sys

from celery.bin.base import CLIContext
from celery.bin.beat import beat
from celery.bin.worker import worker

from advocacy.worker import app

PROGRAMS = {"worker": worker, "beat": beat}


def main(arguments: list[str]) -> None:
    """Run until told to end; ends the process."""
    name = arguments[0] if arguments else ""
    if name not in PROGRAMS:
        sys.exit(f"python -m advocacy.at_work {{{'|'.join(PROGRAMS)}}} [options]")
    here = CLIContext(
        app=app,
        no_color=None,  # type: ignore[arg-type] # unsaid: in colour where somebody looks
        workdir=None,
        quiet=False,
    )
    program = f"python -m advocacy.at_work {name}"
    PROGRAMS[name].main(arguments[1:], prog_name=program, obj=here)


if __name__ == "__main__":
    main(sys.argv[1:])
