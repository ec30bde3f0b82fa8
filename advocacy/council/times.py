"""Days, and how long something is kept, in words."""

from datetime import date, datetime, timedelta

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

DAYS_A_MONTH = 365.25 / 12
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def full_date(value: date | datetime) -> str:
    """ "20 November 2026": a report is read in other years too."""
    return format_date(value, "d MMMM y", locale=get_locale())


def in_words(span: timedelta) -> str:
    """ "10 minutes", "48 hours", "100 days", "396 days (13 months)". Whole units only."""
    if span % DAY == timedelta() and span > 2 * DAY:
        days = span // DAY
        if days < 365:
            return ngettext("%(num)s day", "%(num)s days", days)
        months = round(days / DAYS_A_MONTH)
        return _("%(days)s days (%(months)s months)", days=days, months=months)
    if span % HOUR == timedelta():
        return ngettext("%(num)s hour", "%(num)s hours", span // HOUR)
    return ngettext("%(num)s minute", "%(num)s minutes", span // MINUTE)
