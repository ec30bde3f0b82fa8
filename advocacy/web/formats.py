"""Dates and numbers as people say them, in the page's language and the person's zone."""

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import get_locale
from flask_babel import gettext as _

from advocacy.web.language import time_zone
from advocacy.web.quoting import within_quotes
from integrations.clock import now

PATTERNS = {
    "en": {"day": "d MMMM", "day_year": "d MMMM y", "time": "HH:mm"},
    "nl": {"day": "d MMMM", "day_year": "d MMMM y", "time": "HH.mm"},
}


def _patterns() -> dict[str, str]:
    return PATTERNS[str(get_locale())[:2]]


def _local(moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(time_zone()))


def this_year() -> int:
    """By the page's clock."""
    return _local(now()).year


def day(value: date | datetime) -> str:
    """ "20 November", with the year when it is another year than now."""
    if isinstance(value, datetime):
        value = _local(value).date()
    name = "day" if value.year == this_year() else "day_year"
    return _written(value, _patterns()[name], get_locale())


def day_and_year(value: date | datetime) -> str:
    """ "20 November 2026", whatever year it is: for what is looked up long afterwards."""
    if isinstance(value, datetime):
        value = _local(value).date()
    return _written(value, _patterns()["day_year"], get_locale())


def whole_day(moment: datetime) -> str:
    """ "Friday 20 November 2026": which day it is where the reader is."""
    return _written(_local(moment).date(), "EEEE d MMMM y", get_locale())


@lru_cache(1024)  # pages say the same days again and again, and each takes a while
def _written(value: date, pattern: str, locale: Locale | None) -> str:
    return format_date(value, pattern, locale=locale)


def month(value: date) -> str:
    """ "October 2026"."""
    return format_date(value, "MMMM y", locale=get_locale())


def begun(words: str) -> str:
    """With a capital, as a heading or sentence begins: Dutch days and months have none."""
    return words[:1].upper() + words[1:]


def weekday_and_time(moment: datetime) -> str:
    """ "Friday 20 November at 08:30"."""
    local = _local(moment)
    weekday = format_date(local.date(), "EEEE", locale=get_locale())
    return _(
        "%(weekday)s %(day)s at %(time)s",
        weekday=weekday,
        day=day(moment),
        time=time(moment),
    )


def weekday_and_span(first: datetime, last: datetime) -> str:
    """ "Friday 20 November between 08:30 and 08:35"."""
    return _(
        "%(weekday)s %(day)s between %(first)s and %(last)s",
        weekday=format_date(_local(first).date(), "EEEE", locale=get_locale()),
        day=day(first),
        first=time(first),
        last=time(last),
    )


def time(moment: datetime) -> str:
    """ "08:30" in the person's zone."""
    return format_datetime(_local(moment), _patterns()["time"], locale=get_locale())


def number(value: float) -> str:
    """ "2,300" in English, "2.300" in Dutch."""
    return format_decimal(value, locale=get_locale())


def fixed(value: float, places: int) -> str:
    """To so many places, also where they are noughts: for columns, "0.0400"."""
    pattern = f"#,##0.{'0' * places}"
    return format_decimal(value, format=pattern, locale=get_locale())


def megabytes(size: int) -> str:
    """A file's size in bytes as people say it, to one place: "3.4"."""
    size_in_mb = max(size / 1024**2, 0.1)
    return format_decimal(size_in_mb, format="#,##0.0", locale=get_locale())


def install(app: Flask) -> None:
    """Offer them to the templates as filters."""
    app.jinja_env.filters.update(
        begun=begun,
        day=day,
        day_and_year=day_and_year,
        fixed=fixed,
        megabytes=megabytes,
        month=month,
        number=number,
        time=time,
        weekday_and_time=weekday_and_time,
        within_quotes=within_quotes,
    )
