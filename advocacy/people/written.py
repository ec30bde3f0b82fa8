"""What may stand as somebody's name, job, address and time zone where they are typed in."""

import re
import unicodedata

from integrations.clock import zones

# RFC 5321, 4.5.3.1: 64 before the sign, 255 behind it. Whether mail arrives is for others.
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
# Control characters, half signs, ends of lines; what nobody sees, and what turns the
# direction of the words behind it.
_NOT_WRITTEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
# Unseen as well, but names are spelled with them, in Persian and Malayalam for one.
_JOINERS = {"\u200c", "\u200d"}


def line(typed: str) -> str:
    """What can stand in one line, as typed. Raises ValueError."""
    signs = set(typed) - _JOINERS
    if any(unicodedata.category(sign) in _NOT_WRITTEN for sign in signs):
        raise ValueError("this is not one line of text")
    return typed


def name(typed: str) -> str:
    """What somebody can be called. Raises ValueError."""
    if not any(map(str.isalpha, typed)):
        raise ValueError("a name has letters")
    return line(typed)


def address(typed: str) -> str:
    """An email address, by its looks. Raises ValueError."""
    if not _ADDRESS.fullmatch(typed.strip()):
        raise ValueError("this is not an email address")
    return line(typed)


def zone(typed: str) -> str:
    """The name of a time zone. Raises ValueError."""
    if typed not in zones():
        raise ValueError("this is not a time zone")
    return typed
