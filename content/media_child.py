"""Opens one picture and writes it anew. Run as a file, in a process with limits.

It knows nothing of ours: a decoder that is tricked finds no settings, no database and
no secrets here. It prints one line of JSON: what it made, or why not.
"""

import json
import re
import struct
import sys
import warnings
import zlib
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_PIXELS = 36_152_319
# No screen shows a post wider than this.
LONGEST_SIDE = 4096
LARGEST_RESULT = 8 * 1024 * 1024  # what networks are known to take
COPIES = (640, 1280)
# Phones' MPO, a JPEG with more pictures behind it, opens as JPEG.
FORMATS = ("JPEG", "PNG", "WEBP")
# What may stand behind a JPEG's pixels: no stuffed byte, no restart between them.
MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
END, ARITHMETIC = 0xD9, range(0xC9, 0xCC)
# Pixels that are nobody's: eight stretches, each behind the restart it may wait for.
ROWS = bytes(number * 89 % 251 for number in range(256))
FILLING = ROWS + b"".join(bytes((0xFF, 0xD0 + number)) + ROWS for number in range(8))
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # a pixel, by a PNG's kind of colour
# First column and row, and the steps to the next ones, of an interlaced PNG's passes.
PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
PIECE = 1 << 20

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class Refused(Exception):
    """A code of `content.errors.MEDIA_CODES`."""


def main() -> None:
    """Arguments: the picture, and the folder for `full` and its copies."""
    try:
        answer = write_anew(Path(sys.argv[1]), Path(sys.argv[2]))
    except Refused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


def write_anew(source: Path, folder: Path) -> dict[str, object]:
    """Decode the first frame, upright and in sRGB; encode it and its small copies."""
    try:
        picture = opened(source)
    except MemoryError as error:
        raise Refused("too_many_pixels") from error
    data, kind, (width, height) = encoded(picture)
    (folder / "full").write_bytes(data)
    copies = [narrow for narrow in COPIES if narrow < width]
    for narrow in copies:
        small = picture.copy()
        small.thumbnail((narrow, 4 * narrow))
        small.save(folder / str(narrow), "WEBP", quality=80, method=4)
    return {"width": width, "height": height, "content_type": kind, "copies": copies}


def opened(source: Path) -> Image.Image:
    """The pixels, upright and in sRGB, and nothing else of the file."""
    try:
        with Image.open(source, formats=FORMATS) as file:
            picture = plain(file)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused("too_many_pixels") from error
    except UnidentifiedImageError as error:
        raise Refused("not_a_picture") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        # Pillow's readers raise any of these on files that are broken on the way.
        cut = "truncated" in str(error).lower()
        raise Refused("truncated" if cut else "unreadable") from error
    if lacks_rows(source.read_bytes()):
        raise Refused("truncated")
    return picture


def lacks_rows(data: bytes) -> bool:
    """Whether a readable picture ends before its pixels do: Pillow leaves the rest grey.

    Of WebP its decoder says so itself.
    """
    if data.startswith(b"\x89PNG"):
        return png_lacks_rows(data)
    return data.startswith(b"\xff\xd8") and jpeg_lacks_rows(data)


def png_lacks_rows(data: bytes) -> bool:
    """Count the bytes of all rows, each with one that says how it is filtered."""
    wide, high, depth, colour, _, _, interlaced = struct.unpack_from(
        ">IIBBBBB", data, 16
    )
    bits, wanted = depth * SAMPLES[colour], 0
    for x, y, step_x, step_y in PASSES if interlaced else ((0, 0, 1, 1),):
        columns, rows = -(-(wide - x) // step_x), -(-(high - y) // step_y)
        if columns > 0 and rows > 0:
            wanted += rows * (1 + -(-columns * bits // 8))
    unpacking, at = zlib.decompressobj(), 8
    while at + 8 <= len(data) and wanted > 0:
        length, kind = struct.unpack_from(">I4s", data, at)
        packed = data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        while packed and wanted > 0:
            wanted -= len(unpacking.decompress(packed, PIECE))
            packed = unpacking.unconsumed_tail
        at += 12 + length
    return wanted > 0


def jpeg_lacks_rows(data: bytes) -> bool:
    """Fill something in before the end: it shows only where pixels are missing.

    Looked at as small as decoding makes it. Where a progressive picture lacks its later
    rounds it is coarse, and whole.
    """
    end = end_of_jpeg(data)
    if end is None:
        return False
    pixels, mark = data[:end], bytes((0xFF, END))
    return smallest(pixels + mark) != smallest(pixels + FILLING + mark)


def end_of_jpeg(data: bytes) -> int | None:
    """Where the mark behind the first picture stands.

    None where it cannot be told, or where the end means something: arithmetic coding
    leaves zeros out there.
    """
    at = 2
    while found := MARKER.search(data, at):
        at, kind = found.start(), data[found.start() + 1]
        if kind in ARITHMETIC:
            return None
        if kind == END:
            return at
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    return None


def smallest(data: bytes) -> bytes:
    """A JPEG's pixels at an eighth of its size."""
    with Image.open(BytesIO(data), formats=("JPEG",)) as file:
        file.draft(None, (max(1, file.width // 8), max(1, file.height // 8)))
        return file.tobytes()


def plain(file: Image.Image) -> Image.Image:
    """Shrink first (a smaller picture costs less in every later step), then turn."""
    file.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    picture: Image.Image = ImageOps.exif_transpose(file)
    clear = picture.has_transparency_data
    picture = in_srgb(picture, "RGBA" if clear else "RGB")
    if clear and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    picture.info = {}
    return picture


def in_srgb(picture: Image.Image, mode: str) -> Image.Image:
    """Translate from the profile the file carries, then leave the profile behind."""
    if picture.mode.startswith("I;16"):
        # Pillow cuts 16 bits off at 255 instead of scaling them.
        picture = picture.convert("I").point(lambda value: value / 257).convert("L")
    profile = picture.info.get("icc_profile")
    if picture.mode in ("P", "PA"):
        picture = picture.convert(mode)
    if profile and picture.mode in ("RGB", "RGBA", "CMYK", "L"):
        out = mode if picture.mode in ("RGB", "RGBA") else "RGB"
        try:
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            changed = ImageCms.profileToProfile(picture, theirs, ours, outputMode=out)
        except (ImageCms.PyCMSError, OSError):
            changed = None  # a broken or foreign profile: the numbers as they stand
        picture = changed or picture
    return picture.convert(mode)


def encoded(picture: Image.Image) -> tuple[bytes, str, tuple[int, int]]:
    """JPEG, or PNG where something shines through; smaller until a network takes it."""
    while True:
        out = BytesIO()
        if picture.mode == "RGBA":
            picture.save(out, "PNG")
        else:
            picture.save(out, "JPEG", quality=85, optimize=True)
        if out.tell() <= LARGEST_RESULT:
            kind = "image/png" if picture.mode == "RGBA" else "image/jpeg"
            return out.getvalue(), kind, picture.size
        # The size of a file grows about as the number of pixels does.
        part = 0.9 * (LARGEST_RESULT / out.tell()) ** 0.5
        picture = picture.resize(
            (int(picture.width * part), int(picture.height * part))
        )


if __name__ == "__main__":
    main()
