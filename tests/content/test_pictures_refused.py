"""Pictures that are none, too large, broken or dangerous, through the real child."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from content import limited
from content.errors import MediaRefused
from content.pictures import LARGEST_PICTURE, check_picture
from tests.content.samples import RED, decode, encode, phone_picture


def refusal(source: bytes | Path, name: str | None = "x.jpg") -> MediaRefused:
    with pytest.raises(MediaRefused) as refused:
        check_picture(source, name)
    return refused.value


def png_claiming(
    width: int, height: int, rows: bytes, *, interlaced: bool = False
) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, interlaced)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("side", [6400, 9400, 13_300, 60_000])
def test_a_decompression_bomb_is_refused_before_it_grows(side: int) -> None:
    rows = zlib.compress(bytes((side // 8 + 1) * min(side, 13_300)), 9)
    bomb = png_claiming(side, side, rows)
    assert len(bomb) < 200_000

    refused = refusal(bomb, "x.png")

    assert (refused.code, refused.facts) == ("too_many_pixels", {"limit": 36_152_319})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.95])
def test_a_truncated_picture_is_refused(kind: str, part: float) -> None:
    whole = encode(Image.effect_noise((400, 400), 60), kind)

    code = refusal(whole[: int(len(whole) * part)], f"x.{kind.lower()}").code

    assert code in ("truncated", "unreadable", "not_a_picture")
    assert kind != "JPEG" or code == "truncated"


@pytest.mark.parametrize("rows", [1, 30, 39])
def test_a_png_that_ends_properly_before_its_last_row_is_refused(rows: int) -> None:
    # A bit a pixel, and one byte that says how the row is filtered.
    short = png_claiming(64, 40, zlib.compress(bytes(9 * rows)))

    assert refusal(short, "x.png").code == "truncated"
    assert refusal(short + b"behind", "x.png").code == "truncated"
    assert (
        check_picture(png_claiming(64, 40, zlib.compress(bytes(9 * 40)))).height == 40
    )


def test_an_interlaced_png_needs_the_rows_of_all_its_passes() -> None:
    # 5 rows of 2 bytes, again, 5 of 3, 10 of 3, 10 of 5, 20 of 5, 20 of 9.
    sent = [
        png_claiming(64, 40, zlib.compress(bytes(length)), interlaced=True)
        for length in (394, 395)
    ]

    assert refusal(sent[0], "x.png").code == "truncated"
    assert check_picture(sent[1], "x.png").height == 40


@pytest.mark.parametrize("part", [0.1, 0.5, 0.95])
@pytest.mark.parametrize("options", [{}, {"restart_marker_rows": 1}])
def test_a_jpeg_that_ends_properly_before_its_last_row_is_refused(
    part: float, options: dict[str, int]
) -> None:
    noise = Image.effect_noise((400, 400), 60)
    whole = encode(noise, "JPEG", **options)
    pixels = whole.index(b"\xff\xda") + 14
    cut = whole[: pixels + int((len(whole) - pixels) * part)].rstrip(b"\xff")

    assert refusal(cut + b"\xff\xd9").code == "truncated"


def test_a_jpeg_whose_first_round_is_cut_is_refused() -> None:
    noise = Image.effect_noise((400, 400), 60)
    whole = encode(noise, "JPEG", progressive=True)
    pixels = whole.index(b"\xff\xda") + 14

    assert refusal(whole[: pixels + 500] + b"\xff\xd9").code == "truncated"


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"GIF89a" + bytes(50), "GIF"),
        (b"%PDF-1.7\n", "PDF"),
        (b"BM" + bytes(60), "BMP"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"\n<?xml version='1.0'?><svg/>", "SVG"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "HEIC"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "AVIF"),
    ],
)
def test_a_known_stranger_under_a_false_name_is_called_by_its_own(
    content: bytes, found: str
) -> None:
    refused = refusal(content, "holiday.jpg")

    assert (refused.code, refused.facts["found"]) == ("wrong_type", found)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"hello",
        b"<!doctype html><script>alert(1)</script>",
        b"\xff\xd8",
        b"\x89PNG\r\n\x1a\n",
        b"#!/bin/sh\n",
        b"II*\0" + bytes(100),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"P6 10 10 255\n" + bytes(300),
        bytes(5000),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert refusal(content).code in ("not_a_picture", "unreadable", "truncated")


@pytest.mark.parametrize("kind", ["TIFF", "BMP", "ICO", "PPM", "TGA", "JPEG2000"])
def test_formats_off_the_list_are_refused_whatever_their_name(kind: str) -> None:
    sent = encode(Image.new("RGB", (64, 64), RED), kind)

    assert refusal(sent, "x.jpg").code in ("wrong_type", "not_a_picture")


@pytest.mark.parametrize(
    "name", ["x.gif", "x.svg", "x.html", "x.jpg.exe", "x", "", ".jpg"]
)
def test_a_picture_under_a_name_off_the_list_is_refused(name: str) -> None:
    sent = encode(Image.new("RGB", (64, 64), RED), "JPEG")

    assert refusal(sent, name).code == "wrong_type"


def test_a_gif_that_is_also_a_page_is_refused_as_a_picture() -> None:
    polyglot = b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)<html><script></script>"

    assert refusal(polyglot, "nice.jpg").facts == {"found": "GIF"}


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    file = tmp_path / "large.jpg"
    with file.open("wb") as out:
        out.truncate(LARGEST_PICTURE + 1)

    refused = refusal(file, "large.jpg")

    assert (refused.code, refused.facts) == ("too_large", {"limit": LARGEST_PICTURE})


def test_a_child_at_its_limit_ends_as_a_refusal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sent = phone_picture()
    for tight, code in (
        ({"memory": 40 << 20}, "too_many_pixels"),
        ({"seconds": 0.01}, "took_too_long"),
        ({"file_bytes": 1000}, "unreadable"),
    ):
        wide = {
            "memory": 1 << 29,
            "cpu_seconds": 20,
            "file_bytes": 1 << 26,
            "seconds": 40,
        }
        limits = limited.Limits(**{**wide, **tight})  # type: ignore[arg-type]
        monkeypatch.setattr("content.pictures.LIMITS", limits)

        assert refusal(sent).code == code


def test_damaged_pictures_never_do_more_than_be_refused() -> None:
    """Bytes changed all over, the same ones every time."""
    whole = bytearray(phone_picture())
    for seed in range(12):
        damaged = bytearray(whole)
        for step in range(1 + seed):
            place = (seed * 7919 + step * 104_729) % len(damaged)
            damaged[place] = (seed * 31 + step * 17) % 256
        try:
            checked = check_picture(bytes(damaged))
        except MediaRefused:
            continue
        assert decode(checked.data).format == "JPEG"
