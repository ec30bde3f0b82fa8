"""How long a text is for Mastodon: what a reader sees as one character counts as one."""

import re
import unicodedata

ADDRESS = re.compile(r"https?://[^\s/?#]+\.[^\s/?#.,;:!)]{2,}[^\s<>\"]*", re.IGNORECASE)
ENDS = ".,;:!?)"
HANDLE = re.compile(r"(@[A-Za-z0-9_]+)@[A-Za-z0-9.-]+[A-Za-z0-9]")
JOINER = "\u200d"


def countable(text: str) -> int:
    """Addresses are 23 long, handles lose their server, signs are counted as seen."""
    text = ADDRESS.sub(
        lambda match: "x" * 23 + match[0][len(match[0].rstrip(ENDS)) :], text
    )
    return _seen(HANDLE.sub(r"\1", text))


def _seen(text: str) -> int:
    count, joined = 0, False
    for sign in text:
        if sign == JOINER:
            joined = True
        elif unicodedata.category(sign) in {"Mn", "Me"} or "🏻" <= sign <= "🏿":
            continue
        else:
            count += not joined
            joined = False
    return count
