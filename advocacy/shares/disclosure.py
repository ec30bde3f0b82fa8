"""Whether readers can see that the writer works here, and a line that says so.

`composer.js` looks for the same words while someone types; it gets them from the page.
"""

import re

from content.items import Item

# Readers decide on what they see first: a mention further down does not count.
OPENING = 140
# Said beside the organisation's name, each makes it clear.
PHRASES = (
    "i work at",
    "i work for",
    "i work with",
    "where i work",
    "my employer",
    "my colleague",
    "our colleague",
    "we at",
    "here at",
    "our team at",
    "ik werk bij",
    "ik werk voor",
    "waar ik werk",
    "mijn werkgever",
    "mijn collega",
    "onze collega",
    "wij bij",
    "we bij",
    "hier bij",
    "ons team bij",
)
TAG_ENDINGS = ("employee", "team", "medewerker", "collega")
_ENGLISH = re.compile(r"\b(?:the|a|and|of|i|that|not|to|are|with|for|our|my|in)\b")
_DUTCH = re.compile(r"\b(?:de|het|een|en|van|ik|dat|niet|te|zijn|met|voor|ons|mijn)\b")


def is_clear(text: str, organisation: str, lines: tuple[str, ...] = ()) -> bool:
    """Whether the opening says it: in the item's own line, or in words of one's own."""
    opening = _folded(text)[:OPENING]
    if any(
        _folded(line) in _folded(text)[: max(OPENING, len(line))]
        for line in lines
        if line
    ):
        return True
    name = _folded(organisation)
    if any(f"#{name.replace(' ', '')}{ending}" in opening for ending in TAG_ENDINGS):
        return True
    return name in opening and any(phrase in opening for phrase in PHRASES)


def lines_of(item: Item, organisation: str) -> dict[str, str]:
    """The opening line in each language: the item's own, else a plain one."""
    return {
        "en": item.disclosure_en or f"I work at {organisation}.",
        "nl": item.disclosure_nl or f"Ik werk bij {organisation}.",
    }


def with_line(text: str, line: str) -> str:
    """The text, opened by the line; readers meet it before anything else."""
    return f"{line} {text.lstrip()}" if text.strip() else f"{line} "


def opened(text: str, item: Item, organisation: str, otherwise: str) -> str:
    """The text, opened by the item's line in its own language (`language_of`)."""
    line = lines_of(item, organisation)[language_of(text, otherwise)]
    return with_line(text, line)


def language_of(text: str, otherwise: str) -> str:
    """Dutch or English, by the small words in it; `otherwise` when they do not tell."""
    english = len(_ENGLISH.findall(text.lower()))
    dutch = len(_DUTCH.findall(text.lower()))
    if english == dutch:
        return otherwise
    return "en" if english > dutch else "nl"


def _folded(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip().lower()
