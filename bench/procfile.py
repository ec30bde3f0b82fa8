"""The Procfile, for whoever starts the product's processes as they are shipped."""

import shlex
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def procfile() -> dict[str, str]:
    """The command of each process type."""
    lines = (ROOT / "Procfile").read_text().splitlines()
    return dict(line.split(": ", 1) for line in lines)


def line_of(kind: str) -> str:
    """A process type's command with the Python of this run. Raises KeyError."""
    return procfile()[kind].replace("python", shlex.quote(sys.executable), 1)
