"""LinkedIn's little text: the markup that a post's text is read as.

A reserved character that is not escaped does not fail: LinkedIn answers 201 and cuts
the text there. So each is escaped, in a single pass, hashtags become templates, and the
names of organisations that the post knows become mentions. The browser counts the same
way, without mentions; whoever changes a rule here changes it there.
"""

import re
from collections.abc import Sequence

from integrations.linkedin.urns import organization_of
from integrations.network import Mention

LIMIT = 3000

_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
# Accents that stand as characters of their own.
_ACCENTS = r"\u0300-\u036f\u0900-\u0dff"
_TAG = rf"(?:[^\W_][{_ACCENTS}]*)"
_PARTS = (
    # An address comes first: the # in it opens a place on the page, not a tag.
    r"(?P<address>https?://\S+)"
    # A tag stands alone: not inside a word, and not going on where a tag cannot.
    rf"|(?<![\w/&])\#(?=\d*[^\W\d_])(?P<tag>{_TAG}+)(?![\w#])"
    # No mail address, and not the beginning of a longer name.
    rf"|(?<!\w)@(?P<name>%s)(?![\w@{_ACCENTS}])"
    r"|(?P<reserved>[\\|{}@\[\]()<>#*_~])"
)
_NOBODY = r"(?!)"


def to_little_text(text: str, mentions: Sequence[Mention] = ()) -> str:
    """`text` such that LinkedIn shows it character by character, its hashtags alive.

    `@name` of a mention is shown as the name alone, which leads to the organisation.
    """
    urns = {one.name: organization_of(one.id) for one in mentions}

    def part(match: re.Match[str]) -> str:
        if tag := match["tag"]:
            return rf"{{hashtag|\#|{tag}}}"
        if name := match["name"]:
            return f"@[{_escaped(name)}]({urns[name]})"
        return _escaped(match[0])

    # The longest first, or "Veenstroom" would be found in "Veenstroom Noord".
    names = sorted(map(re.escape, urns), key=len, reverse=True)
    parts = _PARTS % ("|".join(names) or _NOBODY)
    return re.sub(parts, part, text.replace("\r\n", "\n"))


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)


def wire_length(text: str, mentions: Sequence[Mention] = ()) -> int:
    """The length to compare with the limit: UTF-16 units of what goes over the wire.

    Whether LinkedIn counts escapes is not documented; this is the strict reading.
    """
    wire = to_little_text(text, mentions)
    return len(wire.encode("utf-16-le", "surrogatepass")) // 2
