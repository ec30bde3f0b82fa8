"""When a wall clock shows a time, asked of the C library instead of Python's zoneinfo.

It reads the same zone files with other code, and knows nothing of ours.
"""

import os
import time
from bisect import bisect_left
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import TZPATH

DAY = 24 * 60 * 60


def zone_file(name: str) -> Path | None:
    """The file that Python's zoneinfo would read, as long as it is the system's."""
    files = (Path(folder, name) for folder in TZPATH)
    return next((file for file in files if file.is_file()), None)


def speak_for(name: str) -> None:
    """Let the C library use this zone from now on."""
    os.environ["TZ"] = f":{zone_file(name)}"
    time.tzset()


def shown(moment: float) -> datetime:
    """What the clock on the wall shows then, without a zone."""
    return datetime(*time.localtime(moment)[:6])  # noqa: DTZ001 – a wall has no zone


def offset(moment: float) -> int:
    """Seconds that the clock on the wall is ahead of UTC then."""
    return time.localtime(moment).tm_gmtoff


def expected(wall: datetime) -> datetime:
    """The first moment at which the wall shows it; in a gap, the old offset's moment."""
    fitting = moments(wall)
    if fitting:
        return datetime.fromtimestamp(fitting[0], UTC)
    naive = wall.replace(tzinfo=UTC).timestamp()
    before = offset(_last_moment_before(wall, naive))
    return datetime.fromtimestamp(naive - before, UTC)


def moments(wall: datetime) -> list[float]:
    """When the wall shows it, in order: none in a gap, two where the clock goes back."""
    naive = wall.replace(tzinfo=UTC).timestamp()
    offsets = {offset(naive + hours * 3600) for hours in range(-27, 28)}
    candidates = sorted(naive - seconds for seconds in offsets)
    return [moment for moment in candidates if shown(moment) == wall]


def _last_moment_before(wall: datetime, naive: float) -> float:
    """The last second at which the clock showed less: just before the gap."""
    seconds = range(-2 * DAY, 2 * DAY)
    place = bisect_left(seconds, wall, key=lambda second: shown(naive + second))
    return naive + seconds[place] - 1


def changes(first: int, last: int) -> list[int]:
    """About when the offset of the zone in use changes, to the hour."""
    step, found = DAY, []
    for moment in range(first, last, step):
        if offset(moment) != offset(moment + step):
            hours = range(moment, moment + step, 3600)
            now = next(h for h in hours if offset(h) != offset(h + 3600))
            found.append(now + 3600)
    return found


def minute(moment: float) -> datetime:
    """The wall's time then, as a form sends it: to the minute."""
    return shown(moment).replace(second=0)
