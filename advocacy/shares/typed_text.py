"""A text as somebody typed it: all of it, without what no one can see."""

import re
from unicodedata import category

_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# Kinds of characters that draw nothing by themselves: spaces, joiners, marks.
_UNSEEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn"})
# Letters and signs by name, but blank: Hangul fillers and the empty Braille cell.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def typed_text(sent: str) -> str:
    """Line ends as the box has them, no control characters; nothing else is changed.

    Browsers send line ends as CR LF. A text that shows nothing is no text.
    """
    lines = sent.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub("", lines)
    return text if any(map(_shows, text)) else ""


def _shows(character: str) -> bool:
    return category(character) not in _UNSEEN_KINDS and character not in _BLANK
