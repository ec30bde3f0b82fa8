"""One part of a run in a process of its own, with servers of its own.

Whatever it does to itself, the other parts still have their say: one that breaks off, or
does not end, is a broken row.
"""

import json
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.crash.processes import ROOT
from tests.crash.table import Row
from tests.crash.trials import part_named
from tests.crash.world import Lengths, World

LONGEST_SECONDS = 3600  # what takes so long has hung


@dataclass(frozen=True)
class Order:
    """One row to be. The folder is made; logs and the row come to lie in it."""

    part: str
    seed: int
    folder: str
    short: bool
    broker: str
    lengths: Lengths

    def in_words(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, words: str) -> "Order":
        given = json.loads(words)
        return cls(**given | {"lengths": Lengths(**given["lengths"])})

    @property
    def left(self) -> Path:
        """Where the row is found afterwards."""
        return Path(self.folder, "row.json")


def tried(order: Order) -> Row:
    """The row, or one that is broken. What the process says goes where ours does."""
    start = time.monotonic()
    folder, command = Path(order.folder), [sys.executable, "-m", "tests.crash.alone"]
    folder.mkdir()
    folder.chmod(0o755)  # PostgreSQL runs under another account than root
    said = folder / "errors"
    try:
        with said.open("w") as errors:
            subprocess.run(
                [*command, order.in_words()],
                cwd=ROOT,
                stderr=errors,
                timeout=LONGEST_SECONDS,
                check=True,
            )
    except subprocess.SubprocessError as error:
        lines = [line for line in said.read_text().splitlines() if line.strip()]
        why = lines[-1] if lines else type(error).__name__
        row = Row(seconds=time.monotonic() - start, breaches=[why[:300]])
        row.test, row.seed = order.part, order.seed
        return row
    return Row(**json.loads(order.left.read_text()))


def main(words: str) -> None:
    """Be that process."""
    order = Order.read(words)
    part = part_named(order.part)
    folder = Path(order.folder)
    started = World(folder, order.lengths, order.broker, separate_hosts=True)
    with started as world:
        row = part.row(world, order.seed, short=order.short)
    order.left.write_text(json.dumps(asdict(row)))


if __name__ == "__main__":
    main(sys.argv[1])
