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

# Cyrillic and Greek letters that are drawn as Latin ones, small or capital, as Unicode's
# list of confusable signs has them. The rest of that list has thousands, and nothing that
# is installed keeps it: names of those alphabets may look alike and be different.
_DRAWN_ALIKE = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0456\u0455\u0458"
    "\u03b1\u03b2\u03b5\u03b6\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7",
    "abekmhopctyxisjabezhikmnoptyx",
)


def one_line(typed: str) -> str:
    """A name that can be seen and stand in one line. Raises ValueError."""
    if not key_of(typed):
        raise ValueError("there is nothing to see in it")
    return written.line(typed)


def key_of(name: str) -> str:
    """The same for names that only differ in capitals, accents, spaces and alphabets whose
    letters look alike.
    """
    bare = _UNSEEN.sub("", unicodedata.normalize("NFKD", name.casefold()))
    plain = _ACCENTS.sub("", bare).casefold().translate(_DRAWN_ALIKE)
    return " ".join(plain.split())
