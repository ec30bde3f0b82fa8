"""Files as people send them, made on the spot: a phone's picture, clips with sound."""

import json
import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from imageio_ffmpeg import get_ffmpeg_exe
from PIL import Image, ImageDraw

needs_exiftool = pytest.mark.skipif(
    shutil.which("exiftool") is None, reason="exiftool is not on this machine"
)
RED, BLUE, WHITE = (220, 30, 30), (30, 30, 220), (250, 250, 250)


def encode(picture: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def decode(data: bytes) -> Image.Image:
    picture = Image.open(BytesIO(data))
    picture.load()
    return picture


def near(pixel: Any, colour: tuple[int, int, int]) -> bool:
    return all(abs(a - b) < 24 for a, b in zip(pixel[:3], colour, strict=True))


def phone_picture() -> bytes:
    """Held upright: stored on its side, with place, camera, time and a comment."""
    upright = Image.new("RGB", (900, 1200), WHITE)
    ImageDraw.Draw(upright).rectangle((0, 0, 900, 300), fill=RED)
    ImageDraw.Draw(upright).rectangle((0, 900, 300, 1200), fill=BLUE)
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F], exif[0x0110] = "Telefoonmaker", "Model 9"
    exif[0x9286] = b"ASCII\0\0\0made by me"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (52.0, 9.0, 18.5)
    place[3], place[4] = "E", (5.0, 23.0, 12.25)
    exif[0x8825] = place
    return encode(
        upright.transpose(Image.Transpose.ROTATE_90),
        "JPEG",
        quality=92,
        exif=exif,
        comment=b"a comment of the camera",
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf>secret place</rdf></x:xmpmeta>",
    )


def told_by_exiftool(data: bytes, folder: Path) -> dict[str, Any]:
    file = folder / "picture"
    file.write_bytes(data)
    told = subprocess.run(
        [str(shutil.which("exiftool")), "-j", "-G", "-n", str(file)],
        check=True,
        capture_output=True,
    )
    found: dict[str, Any] = json.loads(told.stdout)[0]
    return {
        key: value
        for key, value in found.items()
        if not key.startswith(("SourceFile", "ExifTool", "File:", "Composite:"))
    }


def clip(file: Path, *options: str, sound: bool = True, **wanted: str) -> Path:
    """A moving test picture, with a tone. `wanted`: size, seconds, picture."""
    size, seconds = wanted.get("size", "320x180"), wanted.get("seconds", "3.2")
    picture = wanted.get("picture", f"testsrc2=size={size}:rate=15")
    sources = ["-f", "lavfi", "-i", f"{picture}:duration={seconds}"]
    if sound:
        sources += ["-f", "lavfi", "-i", f"sine=440:duration={seconds}"]
    program = [get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y"]
    plain = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run([*program, *sources, *plain, *options, str(file)], check=True)
    return file


def interlaced_png(folder: Path, size: str) -> bytes:
    """In seven passes, which Pillow reads and does not write."""
    file = folder / "interlaced.png"
    clip(
        file,
        "-frames:v",
        "1",
        "-flags",
        "+ildct",
        "-c:v",
        "png",
        sound=False,
        size=size,
    )
    return file.read_bytes()


@cache
def pdf(pages: int) -> bytes:
    """A document of blue pages, upright."""
    page = Image.new("RGB", (84, 119), BLUE)
    rest = [page] * (pages - 1)
    return encode(page, "PDF", save_all=True, append_images=rest)
