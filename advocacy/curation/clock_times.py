"""Days and times of the form: the organisation's clock on one side, moments on the other."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _

WALL = "%Y-%m-%dT%H:%M"
# The last minute of a day, so that the day itself is the one that pages show.
LAST_MINUTE = time(23, 59)


class BadTime(Exception):
    """What was typed is no moment; the argument is the sentence that says why."""


def moment_of(wall: str, zone: ZoneInfo) -> datetime | None:
    """The moment a datetime-local box names; None when it is empty.

    A time that the clock shows twice means the first. Raises BadTime.
    """
    if not wall:
        return None
    try:
        typed = datetime.fromisoformat(wall).replace(tzinfo=None, second=0)
    except ValueError:
        raise BadTime(_("Write a date and a time, as in 2026-11-23 07:30.")) from None
    return _moment(typed, zone)


def end_of_day(day: str, zone: ZoneInfo) -> datetime | None:
    """The last minute of the day a date box names; None when it is empty."""
    if not day:
        return None
    try:
        typed = date.fromisoformat(day)
    except ValueError:
        raise BadTime(_("Write a date, as in 2026-11-23.")) from None
    return _moment(datetime.combine(typed, LAST_MINUTE), zone)


def _moment(typed: datetime, zone: ZoneInfo) -> datetime:
    if not 1970 < typed.year < 3000:
        raise BadTime(_("Choose a day in a nearer year."))
    moment = typed.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != typed:
        raise BadTime(_("That hour does not exist: the clocks go forward that night."))
    return moment


def wall_of(moment: datetime | None, zone: ZoneInfo) -> str:
    """What the datetime-local box shows for a moment."""
    return moment.astimezone(zone).strftime(WALL) if moment else ""


def day_of(moment: datetime | None, zone: ZoneInfo) -> str:
    """What the date box shows: the last day on which it is still there."""
    if moment is None:
        return ""
    # An end at midnight belongs to the day before it.
    return (moment.astimezone(zone) - timedelta(seconds=1)).date().isoformat()
