"""Captions in both formats, as editors' programs write them."""

from time import process_time

import pytest

from content.captions import LARGEST_CAPTIONS, check_captions
from content.errors import MediaRefused

VTT = """WEBVTT - from the editor

NOTE left out

STYLE
::cue { background-image: url(https://example.com/pixel) }

first
00:01.000 --> 00:04.500 position:10% evil:x align:start
<v Youssef>Ik zei: stop. 😀
En niemand vroeg waarom.

00:00:05.000 --> 01:00:06.000
<b>Zó</b> ging het & daarom <script>alert(1)</script>
"""
SRT = """1
00:00:01,000 --> 00:00:04,500
{\\an8}I said <font color="red">stop</font>.

2
00:00:05,00 --> 00:00:07,2
Nobody asked <i>why</i>
"""


def refusal(data: bytes, name: str = "x.vtt") -> MediaRefused:
    with pytest.raises(MediaRefused) as refused:
        check_captions(data, name)
    return refused.value


def test_webvtt_is_written_anew_with_words_and_times_only() -> None:
    checked = check_captions(VTT.encode(), "film.vtt")

    assert checked.text == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:04.500 position:10% align:start\n"
        "<v Youssef>Ik zei: stop. 😀\n"
        "En niemand vroeg waarom.\n\n"
        "00:00:05.000 --> 01:00:06.000\n"
        "<b>Zó</b> ging het &amp; daarom &lt;script&gt;alert(1)&lt;/script&gt;\n"
    )
    assert (checked.cues, checked.last_start) == (2, 5.0)


def test_what_we_wrote_is_read_as_the_same() -> None:
    once = check_captions(VTT.encode(), "x.vtt").text

    assert check_captions(once.encode(), "x.vtt").text == once


def test_srt_becomes_webvtt() -> None:
    checked = check_captions(SRT.encode(), "FILM.SRT")

    assert checked.text == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:04.500\nI said stop.\n\n"
        "00:00:05.000 --> 00:00:07.200\nNobody asked <i>why</i>\n"
    )


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_windows_files_are_read_too(ends: str) -> None:
    text = SRT.replace("Nobody", "Één").replace("\n", ends)

    for data in (text.encode("utf-8-sig"), text.encode("cp1252")):
        assert "Één asked" in check_captions(data, "x.srt").text


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"WEBVTT\n\n", "x.vtt", "no_cues"),
        (b"", "x.srt", "no_cues"),
        (b"hello", "x.srt", "no_cues"),
        (b"", "x.vtt", "not_captions"),
        (b"hello", "x.vtt", "not_captions"),
        (b"WEBVTTX\n\n00:01.000 --> 00:02.000\nx", "x.vtt", "not_captions"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\0", "x.vtt", "not_captions"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "x.vtt", "no_cues"),
        (SRT.encode(), "x.vtt", "not_captions"),
        (SRT.encode(), "x.txt", "wrong_type"),
        (SRT.encode(), "x", "wrong_type"),
        (b"x" * (LARGEST_CAPTIONS + 1), "x.srt", "too_large"),
    ],
)
def test_what_are_no_captions_is_refused(data: bytes, name: str, code: str) -> None:
    assert refusal(data, name).code == code


@pytest.mark.parametrize(
    "times",
    [
        "00:04.000 --> 00:03.000",
        "00:04.000 --> 00:04.000",
        "00:61.000 --> 01:04.000",
        "4 --> 5",
        "00:04 --> 00:05",
        "00:04.000 -->",
        "--> 00:04.000",
        "-00:04.000 --> 00:05.000",
    ],
)
def test_a_wrong_time_is_named_by_its_line(times: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\nGood\n\n{times}\nBad\n"

    refused = refusal(text.encode())

    assert (refused.code, refused.facts) == ("bad_time", {"line": 6})


def test_a_forgotten_empty_line_is_named_too() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nGood\n2\n00:00:03,000 --> 00:00:04,000\nB"

    assert refusal(text.encode(), "x.srt").facts == {"line": 5}


@pytest.mark.parametrize(
    "opening", ["{\\", "<font", "</font", "<", "<v ", "&", "&a", "{\\a<font "]
)
def test_a_long_line_of_openings_takes_no_longer_than_others(opening: str) -> None:
    """A second at most where it once took an hour: no search looks twice at a place."""
    begun = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
    line = opening * ((LARGEST_CAPTIONS - len(begun) - 1) // len(opening))
    before = process_time()
    check_captions(f"{begun}{line}\n".encode(), "x.vtt")
    assert process_time() - before < 5
