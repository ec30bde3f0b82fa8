"""Reads the title and the meta tags of a page that may have been made to harm us.

The standard library's HTML parser takes minutes over 100 KB of unclosed tags (measured:
144 s). Here every pattern is bounded, so that the work grows with the page and no more.
"""

import html
import re

_LONGEST_TAG = 4000  # characters
_MOST_TAGS = 300
_META = re.compile(r"<meta[\s/]", re.IGNORECASE)
_TITLE = re.compile(r"<title(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_TITLE_ENDS = re.compile(r"</title", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"""([a-z][a-z:_-]{0,40})\s{0,9}=\s{0,9}
        (?:"([^"]{0,3900})" | '([^']{0,3900})' | ([^\s"'<>]{1,3900}))""",
    re.IGNORECASE | re.VERBOSE,
)
_IN_TAG = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w-]{1,40})")


def page_head(text: str) -> tuple[str, dict[str, str]]:
    """The title, and the first content for each meta name or property, in lower case."""
    text = _without_comments(text)
    metas: dict[str, str] = {}
    for number, found in enumerate(_META.finditer(text)):
        if number == _MOST_TAGS:
            break
        said = _attributes(text[found.end() : found.end() + _LONGEST_TAG])
        name = said.get("property") or said.get("name", "")
        metas.setdefault(name.lower(), said.get("content", ""))
    return _title(text), metas


def decoded_page(body: bytes, content_type: str) -> str:
    """By its mark, its header, its tag, else UTF-8; letters that fit none become �."""
    header = re.search(r"charset\s{0,9}=\s{0,9}\"?([\w-]{1,40})", content_type.lower())
    tag = _IN_TAG.search(body[:4096].lower())
    if body.startswith(b"\xef\xbb\xbf"):
        name = "utf-8-sig"
    elif header:
        name = header[1]
    else:
        name = tag[1].decode("ascii", "replace") if tag else "utf-8"
    try:
        return body.decode(name, "replace")
    except (LookupError, UnicodeError):
        # A name that nobody knows, or one of a codec that is not for text.
        return body.decode("utf-8", "replace")


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start + 4)
        if end < 0:
            return "".join(kept)
        at = end + 3
    return "".join([*kept, text[at:]])


def _attributes(tag: str) -> dict[str, str]:
    """Attributes up to the end of the tag; a ">" between quotes does not end it."""
    said: dict[str, str] = {}
    at = 0
    for found in _ATTRIBUTE.finditer(tag):
        if ">" in tag[at : found.start()]:
            break
        at = found.end()
        value = found[2] or found[3] or found[4] or ""
        said.setdefault(found[1].lower(), html.unescape(value).strip())
    return said


def _title(text: str) -> str:
    start = _TITLE.search(text)
    if start is None:
        return ""
    end = _TITLE_ENDS.search(text, start.end(), start.end() + _LONGEST_TAG)
    return html.unescape(text[start.end() : end.start()]).strip() if end else ""
