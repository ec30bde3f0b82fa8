"""Checks an uploaded document in a child process with limits.

Only PDF: it looks the same everywhere, can be looked into safely, and is what other
programs export. The file itself is kept as it came; making it anew would take away
what helps people who have it read aloud.
"""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from content.errors import MediaRefused
from content.limited import Limits, TookTooLong, run_limited
from content.pictures import CheckedPicture, check_picture

LARGEST_DOCUMENT = 100 * 1024 * 1024  # bytes; what LinkedIn takes
MOST_PAGES = 300  # the same
# Somebody waits for it: no file may take 20 seconds (reliability.md, target T12). PDFium
# mends a broken one in time that grows with the square of its objects.
LIMITS = Limits(
    memory=1024 * 1024 * 1024,
    cpu_seconds=15,
    file_bytes=64 * 1024 * 1024,
    seconds=18,
)
_CHILD = Path(__file__).with_name("document_child.py")


@dataclass(frozen=True)
class CheckedDocument:
    """How many pages a PDF has, and what the first looks like."""

    pages: int
    first_page: CheckedPicture


def check_document(source: Path, name: str, into: Path) -> CheckedDocument:
    """Look into an uploaded PDF, or raise MediaRefused. `into` is a folder to work in."""
    suffix = Path(name).suffix.lower()
    if suffix != ".pdf":
        raise MediaRefused("wrong_type", found=suffix[:10])
    if source.stat().st_size > LARGEST_DOCUMENT:
        raise MediaRefused("too_large", limit=LARGEST_DOCUMENT)
    with source.open("rb") as file:
        if not file.read(1024).startswith(b"%PDF-"):
            raise MediaRefused("not_a_document")
    drawn = into / "first-page.jpg"
    pages = _pages(source, drawn)
    if pages > MOST_PAGES:
        raise MediaRefused("too_many_pages", limit=MOST_PAGES)
    return CheckedDocument(pages, check_picture(drawn))


def _pages(source: Path, drawn: Path) -> int:
    program = [sys.executable, "-I", str(_CHILD), str(source), str(drawn)]
    try:
        code, printed = run_limited(program, LIMITS)
    except TookTooLong as error:
        raise MediaRefused("took_too_long") from error
    if code != 0:
        raise MediaRefused("unreadable")
    answer = json.loads(printed)
    if "refused" in answer:
        raise MediaRefused(answer["refused"])
    return int(answer["pages"])
