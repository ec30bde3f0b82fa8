"""Where a network folds a long text behind "…more": roughly, and said to be rough.

`composer.js` folds the same way while someone types.
"""

from dataclasses import dataclass

FOLD = 210
BREAKS = 3


@dataclass(frozen=True)
class Folded:
    """A text in two parts; `below` is empty when all of it shows."""

    above: str
    below: str


def fold(text: str) -> Folded:
    """Cut after about 210 characters, at a space, or at the third line break."""
    text = text.strip()
    cut = min(_after_characters(text), _after_breaks(text))
    return Folded(text[:cut].rstrip(), text[cut:].strip())


def _after_characters(text: str) -> int:
    if len(text) <= FOLD:
        return len(text)
    space = max(text.rfind(" ", 0, FOLD + 1), text.rfind("\n", 0, FOLD + 1))
    return space if space > 0 else FOLD


def _after_breaks(text: str) -> int:
    at = -1
    for _break in range(BREAKS):
        at = text.find("\n", at + 1)
        if at < 0:
            return len(text)
    return at
