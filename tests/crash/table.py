"""The one table that a run prints."""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.crash.judge import Verdict

HEAD = (
    "test",
    "seed",
    "shares",
    "kills",
    "publ.",
    "uncert.",
    "lost",
    "doubled",
    "s",
    "verdict",
)


@dataclass
class Row:
    """One trial's result. Numbers that a trial does not have stay None."""

    shares: int | None = None
    kills: int | None = None
    published: int | None = None
    uncertain: int | None = None
    lost: int = 0
    doubled: int = 0
    seconds: float = 0
    note: str = ""
    breaches: list[str] = field(default_factory=list)
    test: str = ""
    seed: int = 0

    @property
    def holds(self) -> bool:
        return not self.breaches and not self.lost and not self.doubled

    @property
    def name(self) -> str:
        return f"{self.test}, seed {self.seed}"

    @property
    def cells(self) -> tuple[str, ...]:
        counts = (self.shares, self.kills, self.published, self.uncertain)
        shown = ["-" if count is None else f"{count:,}" for count in counts]
        verdict = "holds" if self.holds else "BROKEN"
        ends = (str(self.lost), str(self.doubled), f"{self.seconds:.0f}", verdict)
        return (self.test, str(self.seed), *shown, *ends)


class Watch:
    """Measures one trial and makes its row."""

    def __init__(self) -> None:
        self.start = time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.start

    def row(
        self, verdict: Verdict, *, shares: int, kills: int = 0, note: str = ""
    ) -> Row:
        return Row(
            shares=shares,
            kills=kills,
            published=verdict.published,
            uncertain=verdict.uncertain,
            lost=verdict.lost,
            doubled=verdict.doubled,
            seconds=self.seconds,
            note=note,
            breaches=verdict.breaches,
        )


def say(line: str = "") -> None:
    """Progress, at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def show(rows: Iterable[Row]) -> None:
    """The table, and below it what each row rests on."""
    rows = list(rows)
    lines = [HEAD, *(row.cells for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEAD))]
    for line in lines:
        first, *rest = zip(line, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)]
        say("  ".join(cells))
    for row in rows:
        if row.note:
            say(f"{row.name}: {row.note}")
        for breach in row.breaches[:10]:
            say(f"{row.name}: BROKEN: {breach}")
