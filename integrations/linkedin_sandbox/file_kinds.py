"""What uploaded bytes are, and why they cannot be shown ("" when they can)."""

import io
import re
import warnings
import zipfile

from PIL import Image, UnidentifiedImageError

from integrations.linkedin_sandbox.settings import SandboxSettings

MOST_PIXELS = 36_152_320
MOST_FRAMES = 250
MOST_PAGES = 300
UNKNOWN = "application/octet-stream"
PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
# Word and PowerPoint before 2007: one container for both.
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def picture_kind(body: bytes) -> tuple[str, str]:
    """Content type and failure of a picture; the name and the header do not count."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(body), formats=list(PICTURES)) as found:
                kind, pixels = str(found.format), found.width * found.height
                frames = getattr(found, "n_frames", 1)
    except (UnidentifiedImageError, Image.DecompressionBombError):
        return UNKNOWN, "INVALID_FORMAT"
    if pixels >= MOST_PIXELS:
        return PICTURES[kind], "TOO_MANY_PIXELS"
    return PICTURES[kind], "TOO_MANY_FRAMES" if frames > MOST_FRAMES else ""


def document_kind(body: bytes, settings: SandboxSettings) -> tuple[str, str]:
    """Content type and failure of a document."""
    kind = _document_type(body)
    if kind == UNKNOWN:
        return kind, "INVALID_FORMAT"
    if len(body) > settings.largest_document:
        return kind, "FILE_TOO_LARGE"
    if kind == "application/pdf" and _pages(body) > MOST_PAGES:
        return kind, "TOO_MANY_PAGES"
    return kind, ""


def document_name(content_type: str) -> str:
    """What people call that kind of file."""
    names = {"application/pdf": "PDF", OFFICE["ppt/"]: "PowerPoint"}
    return names.get(content_type, "Word")


def _document_type(body: bytes) -> str:
    if body.startswith(b"%PDF-"):
        return "application/pdf"
    if body.startswith(OLD_OFFICE):
        return "application/msword"
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as found:
            names = found.namelist()
    except zipfile.BadZipFile:
        return UNKNOWN
    kinds = [kind for start, kind in OFFICE.items() if _any_under(names, start)]
    return kinds[0] if kinds else UNKNOWN


def _any_under(names: list[str], start: str) -> bool:
    return any(name.startswith(start) for name in names)


def _pages(pdf: bytes) -> int:
    """Pages that are written openly; a file that packs them away counts as short."""
    return len(re.findall(rb"/Type\s*/Page\b", pdf))
