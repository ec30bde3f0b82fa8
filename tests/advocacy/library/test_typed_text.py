"""The text that is shared: counted as the network counts it, and kept as it was typed."""

import pytest

from tests.advocacy.library.desk import refused
from tests.advocacy.library.reading import fields, words


@pytest.mark.parametrize("text", ["", "  \r\n \t"])
def test_an_empty_text_is_refused(desk, stored, text):
    refused(desk, desk.share(text), "text", "There are no words yet.")
    assert stored() == []


def test_3001_characters_are_one_too_many(desk, stored):
    kept = refused(desk, desk.share("x" * 3001), "text", "1 too many for LinkedIn.")
    assert kept["text"] == "x" * 3001
    assert desk.share("x" * 3000).status_code == 302
    assert len(stored()) == 1


def test_emoji_count_as_linkedin_counts_them(desk, stored):
    one = "👷🏽‍♀️"  # 7 units of UTF-16
    kept = refused(desk, desk.share(one * 429), "text", "3 too many for LinkedIn.")
    assert kept["text"] == one * 429
    assert desk.share(one * 428).status_code == 302
    assert stored()[0].text == one * 428


def test_reserved_characters_count_with_their_escapes_and_stay_as_typed(desk, stored):
    text = "x" * 2990 + "(" * 6
    refused(desk, desk.share(text), "text", "2 too many for LinkedIn.")
    odd = r"\ | { } @ [ ] ( ) < > # * _ ~ #tag snake_case 50%"
    assert desk.share(odd).status_code == 302
    assert stored()[0].text == odd


@pytest.mark.parametrize("do", ["share", "copy", "posted", "preview"])
def test_a_text_beyond_reason_comes_back_whole_and_is_counted_whole(desk, stored, do):
    text = "word " * 60_000 + "end"
    answer = desk.press(do, text=text, before=text, live="yes")
    assert answer.status_code == (200 if do == "preview" else 422)
    kept = fields(answer, desk.action)
    assert kept["text"] == kept["before"] == text
    assert "300,003 of 3,000 characters, 297,003 too many" in words(answer)
    assert stored() == []


@pytest.mark.parametrize(
    "text",
    [
        "\u200b",
        "\ufeff\u200b",
        "\u00a0",
        "\u2003",
        "\u2800\u3164",
        "\x01\x08",
        "\ufe0f\u200d",
    ],
)
@pytest.mark.parametrize("do", ["share", "copy", "posted"])
def test_a_text_that_shows_nothing_is_no_text(desk, stored, do, text):
    answer = desk.press(do, text=text, live="yes")
    refused(desk, answer, "text", "There are no words yet.")
    assert stored() == []


def test_control_characters_are_left_out_and_everything_else_stays(desk, stored):
    desk.share("a\x00\x01b\x08\x1bc\x7f\x85\td\r\ne\rf \u200bÉ👷🏽‍♀️ #१")
    assert stored()[0].text == "abc\td\ne\nf \u200bÉ👷🏽‍♀️ #१"
