"""How far a text is the person's own: runs of words a suggestion has too. Not stored.

`own_words.js` computes the same while someone types; a rule changed here changes there.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# Fewer equal words in a row are how people speak, not copying.
RUN = 4
SHOWN = 3
LONGEST_SHOWN = 140
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_ADDRESS = re.compile(r"https?://\S+")


class Closeness(StrEnum):
    """The three things the page says."""

    MOSTLY = "mostly"  # mostly your own words
    PARTLY = "partly"
    NEARLY = "nearly"  # nearly the suggestion as it stands


@dataclass(frozen=True)
class OwnWords:
    """What the meter shows: 100 is all one's own."""

    percent: int
    closeness: Closeness
    closest: int | None  # which suggestion it resembles most
    passages: tuple[str, ...]  # what it has in common with that one, as written


@dataclass(frozen=True)
class _Word:
    folded: str
    start: int
    end: int


def own_words(text: str, suggestions: Sequence[str]) -> OwnWords | None:
    """Compare a text with every suggestion; None while there is nothing to compare."""
    words = _words(text)
    if not words:
        return None
    marks = [_equal(words, _words(suggestion)) for suggestion in suggestions]
    counts = [sum(mark) for mark in marks]
    equal = sum(any(at) for at in zip(*marks, strict=True))
    percent = 100 - 100 * equal // len(words)
    closest = counts.index(max(counts)) if any(counts) else None
    passages = () if closest is None else _passages(text, words, marks[closest])
    return OwnWords(percent, _closeness(percent), closest, passages)


def _closeness(percent: int) -> Closeness:
    if percent >= 60:
        return Closeness.MOSTLY
    return Closeness.PARTLY if percent >= 25 else Closeness.NEARLY


def _words(text: str) -> list[_Word]:
    # An address is nobody's wording: blank it, so that places stay where they are.
    plain = _ADDRESS.sub(lambda found: " " * len(found[0]), text)
    return [
        _Word(found[0].lower().replace("’", "'"), found.start(), found.end())
        for found in _WORD.finditer(plain)
    ]


def _equal(words: list[_Word], suggestion: list[_Word]) -> list[bool]:
    """Which words stand in a run that the suggestion has too."""
    marks = [False] * len(words)
    run = min(RUN, len(suggestion))
    if run == 0:
        return marks
    runs = {
        tuple(word.folded for word in suggestion[at : at + run])
        for at in range(len(suggestion) - run + 1)
    }
    for at in range(len(words) - run + 1):
        if tuple(word.folded for word in words[at : at + run]) in runs:
            marks[at : at + run] = [True] * run
    return marks


def _passages(text: str, words: list[_Word], mark: list[bool]) -> tuple[str, ...]:
    """The longest equal passages, in the order in which they are read."""
    spans: list[tuple[int, int]] = []
    for at, word in enumerate(words):
        if mark[at] and at and mark[at - 1]:
            spans[-1] = (spans[-1][0], word.end)
        elif mark[at]:
            spans.append((word.start, word.end))
    longest = sorted(spans, key=lambda span: (span[0] - span[1], span[0]))[:SHOWN]
    return tuple(_cut(text[start:end]) for start, end in sorted(longest))


def _cut(passage: str) -> str:
    if len(passage) <= LONGEST_SHOWN:
        return passage
    return passage[:LONGEST_SHOWN].rsplit(" ", 1)[0] + " …"
