"""One row of the table before it is tried."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.crash.table import Row
from tests.crash.world import World


@dataclass(frozen=True)
class Part:
    """`run(world, seed, short=…)` gives its row; not all belong into the short form."""

    name: str
    run: Callable[..., Row]
    in_short: bool = True

    def row(self, world: World, seed: int, *, short: bool) -> Row:
        row = self.run(world, seed, short=short)
        row.test, row.seed = self.name, seed
        return row
