"""When two names of units are the same name."""

import re
import unicodedata

from advocacy.people import written

# What a Latin letter carries. Other scripts write vowels as marks, and need them.
_ACCENTS = re.compile("[\u0300-\u036f]")
# Letters for what is blank, and signs that only choose how the one before them is drawn.
_UNSEEN = re.compile(
    "[\u200c\u200d\u115f\u1160\u2800\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def one_line(typed: str) -> str:
    """A name that can be seen and stand in one line. Raises ValueError."""
    if not key_of(typed):
        raise ValueError("there is nothing to see in it")
    return written.line(typed)


def key_of(name: str) -> str:
    """The same for names that only differ in capitals, accents and spaces."""
    bare = _UNSEEN.sub("", unicodedata.normalize("NFKD", name.casefold()))
    return " ".join(_ACCENTS.sub("", bare).casefold().split())
