"""LinkedIn's monthly API versions and the days on which they stop working.

A version past its day answers 426 to every post while sign-on still works, so the day
has to be known in advance: here, and nowhere else.
"""

import re
from datetime import date

DEFAULT_VERSION = "202609"

SUNSETS = {
    "202507": date(2026, 7, 15),
    "202510": date(2026, 10, 15),
    "202511": date(2026, 11, 16),
    "202601": date(2027, 1, 15),
    "202608": date(2027, 8, 17),
    "202609": date(2027, 9, 15),
}


def is_a_version(version: str) -> bool:
    """Whether `version` has the form LinkedIn asks for: year and month."""
    return re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", version) is not None


def sunset(version: str) -> date:
    """The announced last day, else the usual one: mid-month, a year later."""
    usual = date(int(version[:4]) + 1, int(version[4:]), 15)
    return SUNSETS.get(version, usual)
