"""A film's captions as plain words.

Mastodon shows no captions of a film, so what is said in it goes into its description.
"""

import re
from pathlib import Path

_TIMES = re.compile(r"^[\d:.]+\s+-->\s.*$")
# Headers and notes are blocks of their own; none of them is spoken.
_UNSPOKEN = re.compile(r"^\ufeff?(?:WEBVTT|NOTE|STYLE|REGION)\b")


def spoken_words(captions: Path) -> str:
    """What the captions (WebVTT) say, a line a caption."""
    text = captions.read_text(encoding="utf-8", errors="replace")
    blocks = re.split(r"\n{2,}", text.replace("\r\n", "\n"))
    spoken = (_spoken(block) for block in blocks if not _UNSPOKEN.match(block))
    return "\n".join(filter(None, spoken))


def _spoken(block: str) -> str:
    """Without the times, the name before them, and marks like <v Joost> or <i>."""
    lines = block.strip().split("\n")
    timed = [at for at, line in enumerate(lines) if _TIMES.match(line)]
    if not timed:
        return ""
    words = " ".join(lines[timed[0] + 1 :])
    return re.sub(r"<[^<>]*>", "", words).strip()
