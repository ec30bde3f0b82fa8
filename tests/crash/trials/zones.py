"""T11: wished times in every zone of the world, against the C library."""

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from advocacy.shares.schedule import due
from integrations.clock import zones
from tests.crash.clock_oracle import (
    changes,
    expected,
    minute,
    moments,
    speak_for,
    zone_file,
)
from tests.crash.table import Row, Watch
from tests.crash.trials.part import Part
from tests.crash.world import World

FIRST = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2032, 1, 1, tzinfo=UTC).timestamp())
HOUR = 3600
YEAR = 366 * 24 * HOUR
# A time on the wall by how often a clock shows it.
SHOWN = {0: "skipped", 1: "shown once", 2: "shown twice"}
KINDS = tuple(SHOWN.values())


def run(_world: World | None, seed: int, *, short: bool) -> Row:
    """100,000 wishes, most of them near a change of the clock if there is one; short: 5,000."""
    cases, last = (5_000, FIRST + 2 * YEAR) if short else (100_000, LAST)
    watch, met, wrong = Watch(), Counter[str](), []
    chance = random.Random(seed)  # noqa: S311
    names = sorted(name for name in zones() if zone_file(name))
    with _other_zones():
        for place, name in enumerate(names):
            share = cases * (place + 1) // len(names) - cases * place // len(names)
            speak_for(name)
            turns = changes(FIRST, last)
            for wall in _walls(chance, turns, share):
                right = expected(wall)
                met[SHOWN.get(len(moments(wall)), "shown once")] += 1
                found = _ours(chance, wall, name, right)
                if found != right:
                    wrong.append(f"{name} {wall}: {found} instead of {right}")
                    met["wrong by an hour"] += abs(found - right) == timedelta(hours=1)
    counts = ", ".join(f"{kind} {met[kind]:,}" for kind in (*KINDS, "wrong by an hour"))
    note = f"{len(names)} zones of {len(zones())}; {counts}"
    missed = _missed(met, len(names), cases)
    asked = sum(met[kind] for kind in KINDS)
    return Row(shares=asked, seconds=watch.seconds, note=note, breaches=missed + wrong)


def _missed(met: Counter[str], names: int, cases: int) -> list[str]:
    """What such a trial has to meet, or it shows nothing."""
    looked = {
        "zones": (names, 0.9 * len(zones())),
        **{kind: (met[kind], cases / 100) for kind in KINDS},
    }
    return [
        f"only {found} {what}"
        for what, (found, least) in looked.items()
        if found < least
    ]


def _walls(chance: random.Random, turns: list[int], count: int) -> Iterator[datetime]:
    """Of four, two near a change of the clock, one just after the wall's last minute before
    it (which a clock put forward skips), and one at any time.
    """
    for number in range(count):
        kind = number % 4 if turns else 0
        if kind == 0:
            yield minute(chance.randint(FIRST, LAST))
        elif kind == 1:
            last_minute = minute(chance.choice(turns) - 60)
            yield last_minute + timedelta(minutes=chance.randint(1, 60))
        else:
            yield minute(chance.choice(turns) + chance.randint(-3 * HOUR, 3 * HOUR))


def _ours(
    chance: random.Random, wall: datetime, zone: str, right: datetime
) -> datetime:
    """As the person's form is read, some time before."""
    asked_at = right - timedelta(seconds=chance.randint(2 * HOUR, 30 * 24 * HOUR))
    wish = wall.strftime("%Y-%m-%dT%H:%M")
    return due(wish, zone, asked_at, hold_seconds=60).at


class _other_zones:  # noqa: N801 – used like a function
    """The C library's zone is the process's: put it back."""

    def __enter__(self) -> None:
        self.before = os.environ.get("TZ")

    def __exit__(self, *_error: object) -> None:
        if self.before is None:
            os.environ.pop("TZ", None)
        else:
            os.environ["TZ"] = self.before
        time.tzset()


PARTS = (Part("T11 wall times", run),)
