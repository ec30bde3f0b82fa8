"""The one table that a run prints."""

import sys
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.crash.judge import Verdict

HEAD = (
    "test",
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

    test: str
    shares: int
    kills: int
    published: int | None
    uncertain: int | None
    lost: int
    doubled: int
    seconds: float
    note: str = ""
    breaches: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.breaches and not self.lost and not self.doubled

    @property
    def cells(self) -> tuple[str, ...]:
        counts = (self.shares, self.kills, self.published, self.uncertain)
        shown = ["-" if count is None else f"{count:,}" for count in counts]
        verdict = "holds" if self.holds else "BROKEN"
        ends = (str(self.lost), str(self.doubled), f"{self.seconds:.0f}", verdict)
        return (self.test, *shown, *ends)


class Watch:
    """Measures one trial and makes its row."""

    def __init__(self, test: str) -> None:
        self.test, self.start = test, time.monotonic()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.start

    def row(
        self, verdict: Verdict, *, shares: int, kills: int = 0, note: str = ""
    ) -> Row:
        return Row(
            test=self.test,
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


def tried(test: str, attempt: Callable[[], list[Row]]) -> list[Row]:
    """The rows of `attempt`, or one that is broken: the others still have their say."""
    watch = Watch(test)
    try:
        return attempt()
    except Exception as error:  # noqa: BLE001 – whatever it is belongs into the table
        say(traceback.format_exc())
        words = " ".join(str(error).split())[:300]
        return [
            Row(
                test=test,
                shares=0,
                kills=0,
                published=None,
                uncertain=None,
                lost=0,
                doubled=0,
                seconds=watch.seconds,
                breaches=[f"{type(error).__name__}: {words}"],
            )
        ]


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
            say(f"{row.test}: {row.note}")
        for breach in row.breaches[:10]:
            say(f"{row.test}: BROKEN: {breach}")
