"""What time it is: the one place that asks, so that tests and the sample history can set it; and
which time zones there are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import available_timezones

_set_to: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return _set_to.get() or datetime.now(UTC)


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Inside the block, `now()` answers `moment` (an aware time)."""
    if moment.tzinfo is None:
        raise ValueError("the clock needs an aware time")
    token = _set_to.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _set_to.reset(token)


def next_midnight(moment: datetime) -> datetime:
    """When the next day begins in UTC: networks count a day's calls anew from there."""
    today = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


@cache
def zones() -> frozenset[str]:
    """The names of all zones, as IANA has them; looked up once, because it walks the disk."""
    return frozenset(available_timezones())
