"""T11: wished times in every zone of the world, against the C library."""

import os
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from advocacy.shares.schedule import due
from integrations.clock import zones
from tests.crash.clock_oracle import changes, expected, minute, speak_for, zone_file
from tests.crash.table import Row, Watch
from tests.crash.trials.part import Part
from tests.crash.world import World

FIRST = int(datetime(2024, 1, 1, tzinfo=UTC).timestamp())
LAST = int(datetime(2032, 1, 1, tzinfo=UTC).timestamp())
HOUR = 3600
YEAR = 366 * 24 * HOUR


def run(_world: World | None, seed: int, *, short: bool) -> Row:
    """100,000 wishes, most of them near a change of the clock if there is one; short: 5,000."""
    cases, last = (5_000, FIRST + 2 * YEAR) if short else (100_000, LAST)
    watch = Watch()
    chance = random.Random(seed)  # noqa: S311
    names = sorted(name for name in zones() if zone_file(name))
    wrong, by_an_hour, asked, near = [], 0, 0, 0
    with _other_zones():
        for place, name in enumerate(names):
            share = cases * (place + 1) // len(names) - cases * place // len(names)
            speak_for(name)
            turns = changes(FIRST, last)
            for wall, is_near in _walls(chance, turns, share):
                asked, near = asked + 1, near + is_near
                right = expected(wall)
                found = _ours(chance, wall, name, right)
                if found != right:
                    wrong.append(f"{name} {wall}: {found} instead of {right}")
                    by_an_hour += abs(found - right) == timedelta(hours=1)
    note = f"{len(names)} zones of {len(zones())}, {near} wishes within "
    note += f"three hours of a change; wrong {len(wrong)}, by an hour {by_an_hour}"
    return Row(shares=asked, seconds=watch.seconds, note=note, breaches=wrong)


def _walls(
    chance: random.Random, turns: list[int], count: int
) -> Iterator[tuple[datetime, bool]]:
    for number in range(count):
        if turns and number % 4:
            moment = chance.choice(turns) + chance.randint(-3 * HOUR, 3 * HOUR)
            # Also the times that the clock skips, which no moment shows.
            skipped = timedelta(minutes=chance.choice((0, 0, 30, 45)))
            yield minute(moment) + skipped, True
        else:
            yield minute(chance.randint(FIRST, LAST)), False


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
