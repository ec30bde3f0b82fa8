"""When a post leaves: from wall clock and zone to one moment (reliability.md 2.9)."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from advocacy.shares.reasons import Problem
from integrations.clock import zones

FURTHEST = timedelta(days=31)  # product.md, Sharing (b)
# A token that ends within this time is not used (reliability.md 2.4, step 2).
ACCESS_MARGIN = timedelta(minutes=10)
# After an outage or a reconnection an older post does not leave by itself (2.3).
MAX_LATENESS = timedelta(hours=6)
WALL = "%Y-%m-%dT%H:%M"
# What a browser's field for day and time sends; some add the seconds.
_SENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?")


class Note(StrEnum):
    """What must be said about a time before it is saved."""

    MOVED = "moved"  # the clock skips this hour: the time after it is meant
    FIRST = "first"  # the clock shows this hour twice: the first one is meant


@dataclass(frozen=True)
class Due:
    """One moment, and how the person's own clock shows it."""

    at: datetime  # UTC
    local: datetime  # aware, in the person's zone
    note: Note | None = None
    beyond_access: bool = False  # the connection ends before, as things stand
    spread: timedelta = timedelta()  # it leaves at some moment within this after `at`


class BadTime(Exception):
    """The wished time cannot be; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def zone_of(name: str) -> ZoneInfo:
    """The zone with this name. Raises BadTime."""
    if name not in zones():
        raise BadTime(Problem.BAD_ZONE)
    return ZoneInfo(name)


def read_wall_time(wall_time: str) -> datetime:
    """A date and time as a form sends it, to the minute. Raises BadTime."""
    if not _SENT.fullmatch(wall_time):
        raise BadTime(Problem.BAD_TIME)
    try:
        wall = datetime.fromisoformat(wall_time)
    except ValueError:
        raise BadTime(Problem.BAD_TIME) from None
    # Times at the very ends of the calendar cannot be converted at all.
    if wall.year < 1970:
        raise BadTime(Problem.PAST)
    if wall.year > 9000:
        raise BadTime(Problem.TOO_FAR)
    return wall.replace(second=0, microsecond=0)


def resolve(wall: datetime, zone: ZoneInfo) -> Due:
    """The moment that a clock in `zone` shows `wall`, whatever the season does."""
    first = wall.replace(tzinfo=zone, fold=0)
    moment = first.astimezone(UTC)
    local = moment.astimezone(zone)
    if local.replace(tzinfo=None) != wall:
        # A skipped hour: zoneinfo uses the old offset, which lands after the gap.
        return Due(moment, local, Note.MOVED)
    if wall.replace(tzinfo=zone, fold=1).utcoffset() != first.utcoffset():
        return Due(moment, local, Note.FIRST)
    return Due(moment, local)


def due(  # noqa: PLR0913 – the ends a time must stay within
    wall_time: str,
    time_zone: str,
    at: datetime,
    *,
    hold_seconds: int,
    spread: timedelta = timedelta(),
    access_ends: datetime | None = None,
    item_ends: datetime | None = None,
) -> Due:
    """When it leaves: at the wall time, or after the hold if none is given.

    A time within the hold becomes the end of the hold. `spread`: many choose the same
    minute, and need not all leave in it. Raises BadTime.
    """
    zone = zone_of(time_zone)
    earliest = at.astimezone(UTC) + timedelta(seconds=hold_seconds)
    if not wall_time:
        return Due(earliest, earliest.astimezone(zone))
    wished = resolve(read_wall_time(wall_time), zone)
    # The minute that is running now is no mistake, even if its first second is over.
    if wished.at < at.replace(second=0, microsecond=0):
        raise BadTime(Problem.PAST)
    if wished.at > at + FURTHEST:
        raise BadTime(Problem.TOO_FAR)
    if item_ends and wished.at >= item_ends:
        raise BadTime(Problem.BEYOND_ITEM)
    if wished.at < earliest:
        return Due(earliest, earliest.astimezone(zone), wished.note)
    if item_ends:
        spread = min(spread, item_ends - wished.at)
    return beyond(replace(wished, spread=spread), access_ends)


def beyond(wished: Due, access_ends: datetime | None) -> Due:
    """The same, marked where the connection ends before: said now, not on the day (2.8)."""
    ends = access_ends - ACCESS_MARGIN if access_ends else wished.at
    return replace(wished, beyond_access=wished.at > ends)
