"""Pictures as phones and programs send them, through the real child."""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from content import media_child
from content.pictures import check_picture
from tests.content.samples import (
    BLUE,
    RED,
    WHITE,
    decode,
    encode,
    interlaced_png,
    near,
    needs_exiftool,
    phone_picture,
    told_by_exiftool,
)


def test_a_phones_picture_stands_upright_and_tells_nothing() -> None:
    checked = check_picture(phone_picture(), "IMG_20261119 é 😀.JPG")

    assert (checked.width, checked.height) == (900, 1200)
    shown = decode(checked.data)
    assert near(shown.getpixel((450, 100)), RED)
    assert near(shown.getpixel((100, 1100)), BLUE)
    assert near(shown.getpixel((800, 1100)), WHITE)
    assert not shown.getexif()
    for data in (checked.data, *checked.copies.values()):
        assert b"secret" not in data
        assert b"Telefoon" not in data


@needs_exiftool
def test_exiftool_finds_nothing_of_the_camera(tmp_path: Path) -> None:
    sent = phone_picture()
    before = told_by_exiftool(sent, tmp_path)
    assert before["EXIF:Orientation"] == 6
    assert before["EXIF:GPSLatitude"] == pytest.approx(52.155, abs=0.01)

    checked = check_picture(sent)

    for data in (checked.data, *checked.copies.values()):
        told = told_by_exiftool(data, tmp_path)
        assert not [key for key in told if not key.startswith(("JFIF:", "RIFF:"))]


def test_small_copies_are_webp_and_narrower_only() -> None:
    large = check_picture(encode(Image.new("RGB", (1600, 800), RED), "PNG"))
    small = check_picture(encode(Image.new("RGB", (640, 900), RED), "PNG"))

    assert sorted(large.copies) == [640, 1280]
    shown = decode(large.copies[640])
    assert (shown.format, shown.size) == ("WEBP", (640, 320))
    assert decode(large.copies[1280]).size == (1280, 640)
    assert small.copies == {}


def test_what_shines_through_stays_clear() -> None:
    picture = Image.new("RGBA", (700, 300), (*RED, 0))
    ImageDraw.Draw(picture).rectangle((0, 0, 100, 100), fill=(*BLUE, 255))

    for kind, name in (("PNG", "logo.png"), ("WEBP", "logo.webp")):
        options = {"lossless": True} if kind == "WEBP" else {}
        checked = check_picture(encode(picture, kind, **options), name)

        assert (checked.content_type, checked.suffix) == ("image/png", ".png")
        shown = decode(checked.data)
        assert shown.getpixel((600, 200))[3] == 0  # type: ignore[index]
        assert shown.getpixel((50, 50)) == (*BLUE, 255)
        assert decode(checked.copies[640]).mode == "RGBA"


def test_a_png_with_nothing_clear_becomes_a_jpeg() -> None:
    checked = check_picture(encode(Image.new("RGBA", (20, 20), (*RED, 255)), "PNG"))

    assert (checked.content_type, checked.suffix) == ("image/jpeg", ".jpg")


def test_colours_are_translated_from_the_cameras_profile() -> None:
    # A profile of another kind altogether, so that the difference cannot be overlooked.
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = _with_red_and_blue_swapped(lab)
    sent = encode(Image.new("RGB", (40, 40), RED), "PNG", icc_profile=swapped)

    shown = decode(check_picture(sent, "x.png").data)

    assert near(shown.getpixel((20, 20)), BLUE)
    assert "icc_profile" not in shown.info


def _with_red_and_blue_swapped(profile: bytes) -> bytes:
    table = bytearray(profile)
    places = [table.index(tag) for tag in (b"rXYZ", b"bXYZ")]
    red, blue = (bytes(table[place : place + 4]) for place in places)
    table[places[0] : places[0] + 4] = blue
    table[places[1] : places[1] + 4] = red
    return bytes(table)


def test_a_broken_profile_does_not_break_the_picture() -> None:
    sent = encode(Image.new("RGB", (40, 40), RED), "JPEG", icc_profile=b"x" * 300)

    assert near(decode(check_picture(sent).data).getpixel((20, 20)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "LA", "YCbCr"])
def test_every_mode_keeps_its_grey(mode: str) -> None:
    if mode == "I;16":
        picture = Image.frombytes(
            mode, (40, 40), (128 * 257).to_bytes(2, "little") * 1600
        )
    else:
        grey = Image.new("L", (40, 40), 255 if mode == "1" else 128)
        picture = grey.convert(mode)
    kind = "JPEG" if mode in ("CMYK", "YCbCr") else "PNG"

    shown = decode(check_picture(encode(picture, kind)).data).convert("RGB")

    assert near(shown.getpixel((20, 20)), (255,) * 3 if mode == "1" else (128,) * 3)


def test_the_first_of_several_frames_is_taken() -> None:
    frames = [Image.new("RGB", (60, 40), colour) for colour in (RED, BLUE, BLUE)]

    for kind in ("PNG", "WEBP", "MPO"):
        sent = encode(frames[0], kind, save_all=True, append_images=frames[1:])
        name = {"MPO": "x.jpg"}.get(kind, f"x.{kind.lower()}")

        assert near(decode(check_picture(sent, name).data).getpixel((30, 20)), RED)


def test_a_picture_larger_than_any_screen_is_shrunk() -> None:
    sent = encode(Image.new("L", (6000, 3000), 90), "PNG")

    checked = check_picture(sent, "x.png")

    assert (checked.width, checked.height) == (4096, 2048)
    assert decode(checked.data).size == (4096, 2048)


def test_a_result_that_no_network_takes_is_shrunk_until_one_does() -> None:
    noise = Image.frombytes("RGB", (1000, 1000), os.urandom(3_000_000))
    picture = noise.resize((2600, 2600)).convert("RGBA")
    picture.putalpha(100)

    checked = check_picture(encode(picture, "WEBP", quality=60), "x.webp")

    assert 1_000_000 < len(checked.data) <= media_child.LARGEST_RESULT
    assert checked.width == checked.height
    assert 700 < checked.width < 2600


def test_a_picture_just_below_the_limit_fits_in_the_childs_memory() -> None:
    picture = Image.linear_gradient("L").resize((6012, 6012)).convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize((6012, 6012)))

    assert check_picture(encode(picture, "PNG"), "x.png").width == 4096


def test_what_hides_in_a_picture_does_not_come_out() -> None:
    """A page or archive glued to a real picture, or written into its comments."""
    evil = b"<script>alert(document.domain)</script>PK\x03\x04GIF89a"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", evil.decode("latin-1"))
    plain = Image.new("RGB", (64, 64), RED)
    for sent in (
        encode(plain, "JPEG") + evil,
        encode(plain, "JPEG", comment=evil),
        encode(plain, "PNG", pnginfo=notes),
        encode(plain, "PNG") + evil,
    ):
        assert evil in sent

        data = check_picture(sent).data

        assert b"script" not in data
        assert b"PK\x03\x04" not in data


@pytest.mark.parametrize("size", ["320x180", "10x6", "2x2"])
def test_all_rows_are_found_in_an_interlaced_png(tmp_path: Path, size: str) -> None:
    sent = interlaced_png(tmp_path, size)
    assert sent[28] == 1  # it is interlaced

    checked = check_picture(sent, "x.png")

    assert f"{checked.width}x{checked.height}" == size


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"restart_marker_blocks": 2}]
)
@pytest.mark.parametrize("size", [(1, 1), (17, 9), (400, 300)])
def test_all_rows_are_found_in_a_whole_jpeg_whatever_stands_behind_it(
    size: tuple[int, int], options: dict[str, int]
) -> None:
    whole = encode(Image.effect_noise(size, 60), "JPEG", **options)

    for behind in (b"", b"\0" * 90, b"\xff\xd9 more", whole):
        checked = check_picture(whole + behind, "x.jpg")
        assert (checked.width, checked.height) == size
