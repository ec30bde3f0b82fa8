"""How texts and questions are folded and stemmed.

Één is found by een, café by CAFE, a heat pump by "pumps", warmtepompen by "warmtepomp".
"""

import re
import unicodedata

from sqlalchemy import ColumnElement, func, literal_column

# Dutch and English stand beside each other in one item, and names in no language at all.
# PostgreSQL's names of how it makes stems; "simple" makes none.
_STEMMINGS = ("'dutch'", "'english'", "'simple'")
# The index and the question must say it alike, and with PostgreSQL's own brackets.
VECTOR = (
    "(to_tsvector('dutch', search_text) || to_tsvector('english', search_text))"
    " || to_tsvector('simple', search_text)"
)
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


def tsquery(words: ColumnElement[str]) -> ColumnElement[str]:
    """The question of `as_tsquery` in both languages, each without its own small words."""
    dutch, english, simple = (
        func.to_tsquery(literal_column(one), words) for one in _STEMMINGS
    )
    return dutch.op("||")(english).op("||")(simple)


def like_pieces(words: list[str]) -> list[str]:
    """Each word as a pattern of LIKE that finds it anywhere."""
    return ["%" + word.replace("_", r"\_") + "%" for word in words]
