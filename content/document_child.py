"""Opens one PDF, looks for what is no page, counts its pages and draws the first. Run as a
file, with limits.

Like `media_child.py` it knows nothing of ours, and prints one line of JSON.
"""

import json
import re
import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

LONGEST_SIDE = 1600  # of the drawn page, in pixels
# As PDF has it: the mark that ends a file stands among its last kilobyte.
_TAIL = 2048
_NOT_ENCRYPTED = -1
# Actions that run a program, open another file or send something; players and other files
# inside; forms that are programs. Whatever triggers them (opening the document or a page,
# a click, a field): by one of these names it says what is to be done.
_ACTIVE = frozenset(
    b"/JavaScript /JS /Launch /GoToR /GoToE /SubmitForm /ImportData /Rendition /Movie"
    b" /Sound /RichMedia /RichMediaExecute /EmbeddedFiles /EmbeddedFile /EF /XFA".split()
)
# What a link leads to, and what all that begin nowhere begin with.
_LINKS = frozenset({b"/URI", b"/Base"})
_SCHEME = re.compile(rb"([A-Za-z][A-Za-z0-9+.-]*):")
_ADDRESSES = frozenset({b"http", b"https", b"mailto", b"tel"})
_OBJECT = re.compile(rb"(\d+) \d+ obj\r\n(.*)\r\nendobj\r\n", re.DOTALL)
_TABLE = re.compile(rb"xref\r\n(?:\d+ \d+\r\n(?:\d{10} \d{5} [nf]\r\n)*+)++")
_PLACE = re.compile(rb"(\d{10}) \d{5} n\r\n")
_TOKEN = re.compile(
    rb"\s*(\((?:\\.|[^\\()]++)*+\)|<<|>>|<[^<>]*>|[\[\]]|/[^\s<>\[\]()/]*"
    rb"|[^\s<>\[\]()/]+)",
    re.DOTALL,
)


class Refused(Exception):
    """A code of `content.errors.MEDIA_CODES`."""


def main() -> None:
    """Arguments: the document, and the picture to draw its first page into."""
    try:
        answer = look_at(Path(sys.argv[1]), Path(sys.argv[2]))
    except Refused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


def look_at(source: Path, drawn: Path) -> dict[str, object]:
    """How many pages it has; the first one as a picture."""
    document = opened(source)
    if raw.FPDF_GetSecurityHandlerRevision(document) != _NOT_ENCRYPTED:
        raise Refused("encrypted")
    if not len(document):
        raise Refused("unreadable")
    objects, trailer = written_plainly(document)
    if any(map(acts, [*objects.values(), trailer])):
        raise Refused("more_than_pages")
    pages = pages_in_tree(objects, trailer)
    try:
        page = document[0]
        scale = LONGEST_SIDE / max(page.get_size())
        page.render(scale=scale).to_pil().convert("RGB").save(drawn, "JPEG", quality=88)
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError, OSError) as error:
        raise Refused("unreadable") from error
    return {"pages": pages}


def acts(tokens: Sequence[bytes]) -> bool:
    """Whether an object does more than to be shown."""
    links = (target for name, target in pairwise(tokens) if name in _LINKS)
    return not _ACTIVE.isdisjoint(tokens) or any(map(leads_astray, links))


def leads_astray(target: bytes) -> bool:
    """Whether a link is a program, or a file of the reader's, and no address.

    One that stands elsewhere (`4 0 R`) is taken for the worst: nobody writes them so.
    """
    if target[:1].isdigit():
        return True
    if target.startswith(b"<") and not target.startswith(b"<<"):
        digits = re.sub(rb"[^0-9A-Fa-f]", b"", target)
        target = bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    # Without gaps, and without the marks that some texts begin with.
    plain = re.sub(rb"[^\x21-\x7e]|\\[nrtbf]", b"", target.lstrip(b"("))
    scheme = _SCHEME.match(plain)
    other = scheme is not None and scheme[1].lower() not in _ADDRESSES
    return other or plain.startswith(b"\\\\")  # a file on another machine


def opened(source: Path) -> pypdfium2.PdfDocument:
    """The document, if it can be opened by anybody and is all there."""
    with source.open("rb") as file:
        file.seek(max(source.stat().st_size - _TAIL, 0))
        if b"%%EOF" not in file.read():
            raise Refused("truncated")
    try:
        return pypdfium2.PdfDocument(source)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise Refused("encrypted" if locked else "unreadable") from error


def written_plainly(
    document: pypdfium2.PdfDocument,
) -> tuple[Mapping[int, Sequence[bytes]], Sequence[bytes]]:
    """The tokens of its objects by number, and of its trailer, as PDFium writes them anew.

    Whatever was packed into streams, written in another spelling or broken and mended
    stands there in one form, which a few patterns can read. Where an object begins and
    ends is said by PDFium's own table: the data of a stream may look like anything.
    """
    copy = BytesIO()
    try:
        document.save(copy)
    except pypdfium2.PdfiumError as error:
        raise Refused("unreadable") from error
    whole = copy.getvalue()
    *_, mark, end = whole.rpartition(b"startxref\r\n")
    at_table = int(re.sub(rb"\D.*", b"", end, flags=re.DOTALL) or b"0")
    table = _TABLE.match(whole, at_table)
    if table is None or not whole.startswith(b"trailer\r\n", table.end()):
        raise Refused("unreadable")
    trailer = whole[table.end() + len(b"trailer\r\n") : -len(mark + end)]
    places = sorted(int(place) for place in _PLACE.findall(table[0]))
    objects = {}
    for begin, beyond in pairwise([*places, at_table]):
        found = _OBJECT.fullmatch(whole, begin, beyond)
        if found is None:
            raise Refused("unreadable")
        objects[int(found[1])] = tokens_of(found[2])
    return objects, tokens_of(trailer)


def tokens_of(written: bytes) -> Sequence[bytes]:
    """An object's tokens, without the data that stands behind a stream's dictionary."""
    tokens, depth, at = [], 0, 0
    while match := _TOKEN.match(written, at):
        token, at = match[1], match.end()
        tokens.append(token)
        depth += token in {b"<<", b"["}
        depth -= token in {b">>", b"]"}
        if (token, depth) == (b">>", 0):
            break
    data = written.startswith(b"stream\r\n", at) and written.endswith(b"\r\nendstream")
    if depth or not (data or not written[at:].strip()):
        raise Refused("unreadable")
    return tokens


def pages_in_tree(
    objects: Mapping[int, Sequence[bytes]], trailer: Sequence[bytes]
) -> int:
    """The leaves of the tree of pages. Its own count may say anything."""
    roots = referred(trailer, b"/Root", objects) or [0]
    left = referred(objects.get(roots[0], ()), b"/Pages", objects)
    pages, seen = 0, set()
    while left:
        number = left.pop()
        kids = referred(objects.get(number, ()), b"/Kids", objects)
        if kids is None:
            pages += number in objects
        elif number in seen:  # a tree that bites its tail
            raise Refused("unreadable")
        else:
            seen.add(number)
            left += kids
    if not pages:
        raise Refused("unreadable")
    return pages


def referred(
    tokens: Sequence[bytes], key: bytes, objects: Mapping[int, Sequence[bytes]]
) -> list[int] | None:
    """The objects that a dictionary refers to under `key`; None: it has no such key."""
    depth = 0
    for at, token in enumerate(tokens):
        depth += token in {b"<<", b"["}
        depth -= token in {b">>", b"]"}
        if (token, depth) == (key, 1):
            found = tokens[at + 1 : at + 4]
            if found[:1] == [b"["]:
                return numbers(tokens[at + 2 :])
            if found[2:] == [b"R"]:
                array = objects.get(int(found[0]), ())
                known = array[:1] == [b"["]
                return numbers(array[1:]) if known else [int(found[0])]
    return None


def numbers(tokens: Sequence[bytes]) -> list[int]:
    """Of the objects that an array refers to; `tokens` begin behind its bracket."""
    array = tokens[: tokens.index(b"]")] if b"]" in tokens else tokens
    if b"<<" in array:  # what should be an object of its own
        raise Refused("unreadable")
    return [int(array[at - 2]) for at, token in enumerate(array) if token == b"R"]


if __name__ == "__main__":
    main()
