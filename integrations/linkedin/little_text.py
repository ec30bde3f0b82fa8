"""LinkedIn's little text: the markup that a post's text is read as.

A reserved character that is not escaped does not fail: LinkedIn answers 201 and cuts
the text there. So each is escaped, in a single pass, and hashtags become templates.
The browser counts the same way; whoever changes a rule here changes it there.
"""

import re

LIMIT = 3000

_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
# Letters and digits, with the accents that stand as characters of their own.
_TAG = r"(?:[^\W_][\u0300-\u036f\u0900-\u0dff]*)"
_PARTS = re.compile(
    # An address comes first: the # in it opens a place on the page, not a tag.
    r"(?P<address>https?://\S+)"
    # A tag stands alone: not inside a word, and not going on where a tag cannot.
    rf"|(?<![\w/&])\#(?=\d*[^\W\d_])(?P<tag>{_TAG}+)(?![\w#])"
    r"|(?P<reserved>[\\|{}@\[\]()<>#*_~])"
)


def _escaped(text: str) -> str:
    return _RESERVED.sub(r"\\\g<0>", text)


def _part(match: re.Match[str]) -> str:
    if tag := match["tag"]:
        return rf"{{hashtag|\#|{tag}}}"
    return _escaped(match[0])


def to_little_text(text: str) -> str:
    """`text` such that LinkedIn shows it character by character, its hashtags alive."""
    return _PARTS.sub(_part, text.replace("\r\n", "\n"))


def wire_length(text: str) -> int:
    """The length to compare with the limit: UTF-16 units of what goes over the wire.

    Whether LinkedIn counts escapes is not documented; this is the strict reading.
    """
    return len(to_little_text(text).encode("utf-16-le", "surrogatepass")) // 2
