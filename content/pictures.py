"""Checks an uploaded picture and makes it anew, in a child process with limits."""

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from content.errors import MediaRefused
from content.limited import Limits, TookTooLong, run_limited

LARGEST_PICTURE = 8 * 1024 * 1024  # bytes, as uploaded
MOST_PIXELS = 36_152_319  # what LinkedIn takes; `media_child` holds the same
SUFFIXES = frozenset({".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp"})
LIMITS = Limits(
    memory=512 * 1024 * 1024,
    cpu_seconds=20,
    file_bytes=64 * 1024 * 1024,
    seconds=40,
)
_CHILD = Path(__file__).with_name("media_child.py")


@dataclass(frozen=True)
class CheckedPicture:
    """Pixels only: upright, in sRGB, without what the camera wrote beside them."""

    data: bytes
    width: int
    height: int
    content_type: str  # "image/jpeg" or "image/png"
    copies: Mapping[int, bytes]  # WebP by width, where smaller than `data`

    @property
    def suffix(self) -> str:
        """For the stored file's name."""
        return ".png" if self.content_type == "image/png" else ".jpg"


def check_picture(source: bytes | Path, name: str | None = None) -> CheckedPicture:
    """Decode and re-encode a picture, or raise MediaRefused.

    `name` is the file's own name, None for a picture that has none (from a page). Its
    ending and the content must both be on our list.
    """
    if name is not None and Path(name).suffix.lower() not in SUFFIXES:
        raise MediaRefused("wrong_type", found=Path(name).suffix.lower()[:10])
    with TemporaryDirectory(prefix="picture-") as made:
        folder = Path(made)
        if isinstance(source, bytes):
            file = folder / "upload"
            file.write_bytes(source)
        else:
            file = source
        size = file.stat().st_size
        if size > LARGEST_PICTURE:
            raise MediaRefused("too_large", limit=LARGEST_PICTURE)
        _refuse_by_first_bytes(file)
        return _remade(file, folder)


def _remade(file: Path, folder: Path) -> CheckedPicture:
    program = [sys.executable, "-I", str(_CHILD), str(file), str(folder)]
    try:
        code, printed = run_limited(program, LIMITS)
    except TookTooLong as error:
        raise MediaRefused("took_too_long") from error
    if code != 0:
        # It ran against a limit, or its decoder fell over. Either way no picture.
        raise MediaRefused("unreadable")
    answer = json.loads(printed)
    if refused := answer.get("refused"):
        facts = {"limit": MOST_PIXELS} if refused == "too_many_pixels" else {}
        raise MediaRefused(refused, **facts)
    return CheckedPicture(
        data=(folder / "full").read_bytes(),
        width=answer["width"],
        height=answer["height"],
        content_type=answer["content_type"],
        copies={
            width: (folder / str(width)).read_bytes() for width in answer["copies"]
        },
    )


def _refuse_by_first_bytes(file: Path) -> None:
    """Name the usual strangers, so that the page can say what to do about them."""
    with file.open("rb") as content:
        start = content.read(32)
    kind = start[8:12]
    if start[4:8] == b"ftyp" and kind in (b"heic", b"heix", b"mif1", b"heim", b"msf1"):
        raise MediaRefused("wrong_type", found="HEIC")
    if start[4:8] == b"ftyp" and kind in (b"avif", b"avis"):
        raise MediaRefused("wrong_type", found="AVIF")
    for magic, found in ((b"GIF8", "GIF"), (b"%PDF", "PDF"), (b"BM", "BMP")):
        if start.startswith(magic):
            raise MediaRefused("wrong_type", found=found)
    if start.lstrip().startswith((b"<svg", b"<?xml")):
        raise MediaRefused("wrong_type", found="SVG")
