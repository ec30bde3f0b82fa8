"""The preview's fold and the disclosure check."""

import pytest

from advocacy.shares.disclosure import is_clear, language_of, with_line
from advocacy.shares.preview import fold


def test_a_short_text_shows_whole():
    assert fold("Two lines.\nNo more.") == fold("  Two lines.\nNo more.  ")
    assert fold("Two lines.\nNo more.").below == ""


def test_a_long_text_folds_at_a_space_near_210_characters():
    folded = fold("word " * 60)
    assert 195 <= len(folded.above) <= 210
    assert folded.above.endswith("word")
    assert folded.below.startswith("word")


def test_a_text_folds_at_its_third_line_break():
    folded = fold("one\n\ntwo\nthree\nfour")
    assert folded.above == "one\n\ntwo"
    assert folded.below == "three\nfour"


def test_one_endless_word_is_cut_and_nothing_of_it_is_lost():
    folded = fold("x" * 500)
    assert folded.above + folded.below == "x" * 500
    assert len(folded.above) == 210


@pytest.mark.parametrize(
    "text",
    [
        "I work at Veenstroom. Today we hung the line.",
        "Ik werk bij Veenstroom, en dit is van ons.",
        "At Veenstroom, where I work, nobody cheered.",
        "Trots. #VeenstroomTeam",
        "Engineer here, Veenstroom pays me. Hello",  # the item's own line
    ],
)
def test_it_is_clear_where_the_writer_works(text):
    line = "Engineer here, Veenstroom pays me."
    assert is_clear(text, "Veenstroom", (line, ""))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Veenstroom built a line.",
        "I work at home.",
        "x" * 140 + " I work at Veenstroom",
    ],
)
def test_it_is_not_clear_where_the_writer_works(text):
    assert not is_clear(text, "Veenstroom", ("", ""))


def test_the_line_opens_the_text_and_keeps_all_of_it():
    assert with_line("Hello there", "I work here.") == "I work here. Hello there"
    assert with_line("  ", "I work here.") == "I work here. "


def test_the_language_of_a_text_decides_its_line():
    assert language_of("De lijn is klaar en het werk ook", "en") == "nl"
    assert language_of("The line is done and so are we", "nl") == "en"
    assert language_of("42!", "nl") == "nl"
