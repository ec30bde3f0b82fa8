"""How texts and questions are folded, so that Één is found by een and café by CAFE."""

import re
import unicodedata

_WORD = re.compile(r"\w+")
_MOST_WORDS = 8  # of a question; more would only narrow it to nothing


def folded(*texts: str) -> str:
    """Lower case without accents, as one text."""
    letters = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words_of(question: str) -> list[str]:
    """The words of a question, letters and digits only."""
    return _WORD.findall(folded(question[:200]))[:_MOST_WORDS]


def as_tsquery(words: list[str]) -> str:
    """Every word, or the beginning of one. Words hold no operators: `words_of`."""
    return " & ".join(f"{word}:*" for word in words)
