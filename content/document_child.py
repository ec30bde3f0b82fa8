"""Opens one PDF, counts its pages and draws the first. Run as a file, with limits.

Like `media_child.py` it knows nothing of ours, and prints one line of JSON.
"""

import json
import sys
from pathlib import Path

import pypdfium2
from pypdfium2 import raw

LONGEST_SIDE = 1600  # of the drawn page, in pixels
# As PDF has it: the mark that ends a file stands among its last kilobyte.
_TAIL = 2048
_NOT_ENCRYPTED = -1


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
    if raw.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        raise Refused("more_than_pages")
    if raw.FPDFDoc_GetAttachmentCount(document) > 0:
        raise Refused("more_than_pages")
    if not len(document):
        raise Refused("unreadable")
    try:
        page = document[0]
        scale = LONGEST_SIDE / max(page.get_size())
        page.render(scale=scale).to_pil().convert("RGB").save(drawn, "JPEG", quality=88)
    except (pypdfium2.PdfiumError, ZeroDivisionError, ValueError, OSError) as error:
        raise Refused("unreadable") from error
    return {"pages": len(document)}


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


if __name__ == "__main__":
    main()
