"""Side by side in turn: yardstick, one subject, yardstick, the next subject, and so on.

The machine's speed drifts between minutes but hardly between neighbours, so each burst is
compared with the geometric mean of the yardstick's bursts before and after it.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import sqrt

from bench.figures import told
from bench.load import Burst, Target, burst, speed
from bench.machine import Busy, busy, processor_seconds

MOST_SPREAD = 2.0  # of the yardstick itself; beyond it the machine was too unsteady


@dataclass(frozen=True)
class Measured:
    """A burst and what the server spent on it."""

    burst: Burst
    microseconds: float  # of processor for an answer
    before: Busy
    after: Busy


@dataclass
class Side:
    """A server under load; `counted` says how many requests it has on record so far."""

    name: str
    target: Target
    pid: int
    counted: Callable[[], int] | None = None
    seen: list[Measured] = field(default_factory=list)
    lost: int = 0  # answered, and not on record
    extra: int = 0  # on record more often than asked

    def run(self, seconds: float, connections: int) -> Measured:
        """One burst. Whatever is counted durably must be on record right after it."""
        recorded = self.counted() if self.counted else 0
        before, spent = busy(), processor_seconds(self.pid)
        found = burst(self.target, seconds, connections)
        spent, after = processor_seconds(self.pid) - spent, busy()
        if self.counted:
            new = self.counted() - recorded
            self.lost += max(0, found.requests - new)
            # At the end each connection may have one request under way.
            self.extra += max(0, new - found.requests - connections - found.errors)
        each = spent / (found.requests or 1) * 1e6
        self.seen.append(Measured(found, each, before, after))
        return self.seen[-1]

    @property
    def trouble(self) -> str:
        """Why nothing can be concluded; empty where all went well."""
        errors = sum(one.burst.errors for one in self.seen)
        found = []
        if errors:
            found.append(f"{errors:,} errors at {self.name}")
        if self.lost:
            found.append(f"{self.lost:,} answered and not on record at {self.name}")
        if self.extra:
            found.append(f"{self.extra:,} on record and never asked at {self.name}")
        return ", ".join(found)


@dataclass
class Pairs:
    """One subject beside its yardstick, over all rounds."""

    subject: Side
    base: Side
    around: list[tuple[Measured, Measured, Measured]] = field(default_factory=list)

    def ratios(self, of: Callable[[Burst], float]) -> list[float]:
        """Of some value of a burst: subject to the mean of its neighbours."""
        return [
            of(here.burst) / (sqrt(of(before.burst) * of(after.burst)) or 1e-9)
            for before, here, after in self.around
        ]

    @property
    def doubt(self) -> str:
        """Why there is no verdict."""
        speeds = [one.burst.a_second for one in self.base.seen] or [1]
        spread = max(speeds) / (min(speeds) or 1e-9)
        found = [self.subject.trouble, self.base.trouble]
        if spread > MOST_SPREAD:
            found.append(f"the yardstick itself varied {spread:.1f} ×")
        return "; ".join(one for one in found if one)


def measure(
    base: Side,
    subjects: Sequence[Side],
    rounds: int,
    seconds: float,
    connections: int,
) -> list[Pairs]:
    """Warm all of them, then go round."""
    for side in (base, *subjects):
        side.run(max(1, seconds / 2), connections)
        side.seen.clear()
    found = [Pairs(subject, base) for subject in subjects]
    before = base.run(seconds, connections)
    for _round in range(rounds):
        for pairs in found:
            here = pairs.subject.run(seconds, connections)
            after = base.run(seconds, connections)
            pairs.around.append((before, here, after))
            before = after
    return found


def row(side: Side, pairs: Pairs | None = None) -> dict[str, str]:
    """One line of the table of bursts."""
    bursts = [one.burst for one in side.seen]
    shares = [one.after.since(one.before) for one in side.seen]
    middle = statistics.median
    ratios = pairs.ratios(speed) if pairs else [1.0]
    spread = f" ({told(min(ratios))} to {told(max(ratios))})" if pairs else ""
    return {
        "server": side.name,
        "requests/s": told(middle(one.a_second for one in bursts)),
        "ratio (min to max)": f"{told(middle(ratios))}{spread}",
        "p50 ms": told(middle(one.p50 for one in bursts)),
        "p99 ms": told(middle(one.p99 for one in bursts)),
        "CPU µs a request": told(middle(one.microseconds for one in side.seen)),
        "machine idle": f"{middle(idle for idle, _ in shares):.0%}",
        "stolen": f"{middle(stolen for _, stolen in shares):.0%}",
        "errors": str(sum(one.errors for one in bursts)),
        "lost": str(side.lost) if side.counted else "–",
    }
