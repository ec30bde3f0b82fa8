"""Where a text names organisations as `@name`, for the preview and for the post.

`pieces.js` finds them the same way while someone types.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy.orm import Session

from content.mentioning import all_mentions
from integrations.network import Mention

# Accents that stand as characters of their own go on with a word.
_ACCENTS = r"\u0300-\u036f\u0900-\u0dff"
_PARTS = rf"https?://\S+|(?<!\w)@(?P<name>%s)(?![\w@{_ACCENTS}])"


@dataclass(frozen=True)
class Piece:
    """A stretch of text, or the organisation that stands there."""

    words: str
    mention: Mention | None = None


def known_mentions(session: Session, network: str) -> tuple[Mention, ...]:
    """The organisations that people may mention on a network."""
    rows = all_mentions(session, network)
    return tuple(Mention(row.name, row.network_id) for row in rows)


def seal_of(mentions: Sequence[Mention]) -> str:
    """What a page that can name these sends back: a hash over names and ids."""
    listed = json.dumps([[one.name, one.id] for one in mentions])
    return sha256(listed.encode()).hexdigest()


def pieces(text: str, mentions: Sequence[Mention]) -> list[Piece]:
    """The text in order; a mention's words are its name, as readers will see it."""
    known = {one.name: one for one in mentions}
    if not known:
        return [Piece(text)]
    # The longest first, or "Veenstroom" would be found in "Veenstroom Noord".
    names = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    found, at = [], 0
    for match in re.finditer(_PARTS % names, text):
        if name := match["name"]:
            found += [Piece(text[at : match.start()]), Piece(name, known[name])]
            at = match.end()
    return [one for one in (*found, Piece(text[at:])) if one.words]


def named_in(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """Those that stand in the text, each once, in the order of the list."""
    there = {one.mention for one in pieces(text, mentions)}
    return tuple(one for one in mentions if one in there)
