"""What may stand as somebody's name, job and address where they are typed in."""

import re
import unicodedata

# RFC 5321, 4.5.3.1: 64 before the sign, 255 behind it. Whether mail arrives is for others.
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@]{1,255}")
# Control characters, half signs, ends of lines.
_NOT_WRITTEN = {"Cc", "Cs", "Zl", "Zp"}


def line(typed: str) -> str:
    """What can stand in one line, as typed. Raises ValueError."""
    if any(unicodedata.category(sign) in _NOT_WRITTEN for sign in typed):
        raise ValueError("this is not one line of text")
    return typed


def name(typed: str) -> str:
    """What somebody can be called. Raises ValueError."""
    if not typed.strip():
        raise ValueError("a name has letters")
    return line(typed)


def address(typed: str) -> str:
    """An email address, by its looks. Raises ValueError."""
    if not _ADDRESS.fullmatch(typed.strip()):
        raise ValueError("this is not an email address")
    return line(typed)
