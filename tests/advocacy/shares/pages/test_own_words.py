"""The own-words meter: equal runs count, single words and addresses do not."""

from advocacy.shares.own_words import Closeness, own_words

TEAM = "Forty-one towers, fourteen crews. 2,300 homes can now get off the waiting list."
EXPERT = "Six years of congestion came down to one number: 380 amps."


def test_an_empty_box_says_nothing():
    assert own_words("  \n", [TEAM]) is None
    assert own_words("…!?", [TEAM]) is None


def test_own_words_are_mostly_own_even_with_the_same_single_words():
    said = own_words("Our crews hung the line; many homes wait for it.", [TEAM, EXPERT])
    assert said.percent == 100
    assert said.closeness is Closeness.MOSTLY
    assert said.closest is None
    assert said.passages == ()


def test_a_suggestion_as_it_stands_is_nearly_the_suggestion():
    said = own_words(TEAM, [EXPERT, TEAM])
    assert said.percent == 0
    assert said.closeness is Closeness.NEARLY
    assert said.closest == 1
    assert said.passages == (TEAM.rstrip("."),)


def test_capitals_quotes_and_punctuation_make_nothing_ones_own():
    said = own_words(
        "FORTY ONE towers: fourteen crews, it’s",
        ["forty-one towers, fourteen crews it's"],
    )
    assert said.percent == 0


def test_part_of_a_suggestion_is_partly_own_and_shown_as_written():
    text = (
        "I stood there in the rain. Now 2,300 homes can now get off the waiting list, "
        "and nobody cheered at all"
    )
    said = own_words(text, [TEAM])
    assert said.closeness is Closeness.PARTLY
    assert said.passages == ("2,300 homes can now get off the waiting list",)


def test_fewer_than_four_equal_words_in_a_row_are_how_people_speak():
    assert own_words("off the waiting room and list", [TEAM]).percent == 100


def test_a_short_suggestion_can_be_copied_too():
    assert own_words("We did it", ["We did it."]).percent == 0


def test_an_address_is_nobodys_wording():
    text = "Read https://x.example/six-years-of-congestion-came-down-to-one-number here"
    assert own_words(text, [EXPERT]).percent == 100


def test_a_long_passage_is_cut_where_a_word_ends():
    long = "word " * 60
    (passage,) = own_words(long, [long]).passages
    assert passage.endswith("word …")
    assert len(passage) <= 142


def test_without_suggestions_everything_is_ones_own():
    assert own_words("Anything goes here today", []).percent == 100
