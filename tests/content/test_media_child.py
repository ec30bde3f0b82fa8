"""The child's own steps, followed from inside; `test_pictures` sees them from outside."""

import json
import sys
from pathlib import Path

import pytest
from PIL import Image

from content import media_child
from content.errors import MEDIA_CODES
from tests.content.samples import RED, encode, phone_picture

BROKEN = encode(Image.effect_noise((90, 90), 60), "PNG").replace(
    b"IDAT", b"IDAT\0\0", 1
)
GREY_16 = Image.frombytes("I;16", (40, 40), (128 * 257).to_bytes(2, "little") * 1600)


@pytest.mark.parametrize(
    ("sent", "size", "kind", "copies"),
    ids=["phone", "clear", "solid", "16 bits", "palette", "print"],
    argvalues=[
        (phone_picture(), (900, 1200), "image/jpeg", [640]),
        (
            encode(Image.new("RGBA", (1300, 40), (*RED, 9)), "PNG"),
            (1300, 40),
            "image/png",
            [640, 1280],
        ),
        (
            encode(Image.new("RGBA", (50, 40), (*RED, 255)), "WEBP"),
            (50, 40),
            "image/jpeg",
            [],
        ),
        (encode(GREY_16, "PNG"), (40, 40), "image/jpeg", []),
        (encode(Image.new("P", (40, 40)), "PNG"), (40, 40), "image/jpeg", []),
        (
            encode(Image.new("CMYK", (40, 40)), "JPEG", icc_profile=b"x" * 99),
            (40, 40),
            "image/jpeg",
            [],
        ),
    ],
)
def test_it_writes_the_picture_and_its_copies(
    tmp_path: Path, sent: bytes, size: tuple[int, int], kind: str, copies: list[int]
) -> None:
    source = tmp_path / "upload"
    source.write_bytes(sent)

    answer = media_child.write_anew(source, tmp_path)

    assert (answer["width"], answer["height"]) == size
    assert (answer["content_type"], answer["copies"]) == (kind, copies)
    written = {file.name for file in tmp_path.iterdir()} - {"upload"}
    assert written == {"full", *map(str, copies)}
    with Image.open(tmp_path / "full") as full:
        assert full.size == size


@pytest.mark.parametrize(
    ("sent", "code"),
    ids=["cut", "words", "wide", "bomb", "broken"],
    argvalues=[
        (phone_picture()[:9000], "truncated"),
        (b"hello", "not_a_picture"),
        (encode(Image.new("1", (6400, 6400)), "PNG"), "too_many_pixels"),
        (encode(Image.new("1", (13_300, 13_300)), "PNG"), "too_many_pixels"),
        (BROKEN, "unreadable"),
    ],
)
def test_it_says_in_one_line_why_there_is_no_picture(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sent: bytes,
    code: str,
) -> None:
    source = tmp_path / "upload"
    source.write_bytes(sent)
    monkeypatch.setattr(sys, "argv", ["child", str(source), str(tmp_path)])

    media_child.main()

    assert json.loads(capsys.readouterr().out) == {"refused": code}
    assert code in MEDIA_CODES


def test_a_result_too_heavy_for_networks_is_made_smaller(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(media_child, "LARGEST_RESULT", 20_000)
    noise = Image.effect_noise((500, 400), 80).convert("RGB")

    data, _, (width, height) = media_child.encoded(noise)

    assert 5_000 < len(data) <= 20_000
    assert width / height == pytest.approx(500 / 400, abs=0.05)


def test_it_knows_nothing_of_ours() -> None:
    """A decoder that is tricked must find no settings and no secrets beside it."""
    lines = Path(media_child.__file__).read_text().splitlines()
    imported = [line for line in lines if line.startswith(("import ", "from "))]

    ours = ("content", "integrations", "advocacy")
    assert imported
    assert not [line for line in imported if line.split()[1].startswith(ours)]
