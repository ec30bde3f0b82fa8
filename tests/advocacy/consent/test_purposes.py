"""The words of the purposes: complete, in both languages, and pinned to their
version.
"""

import re

import pytest

from advocacy.consent.models import Purpose
from advocacy.consent.purposes import (
    BY_PURPOSE,
    LABELS,
    LANGUAGES,
    OFFERS,
    capabilities_of,
)
from integrations.network import Capability

# A text that changes gets a new version, and then its new hash here. Never only the
# hash: people said yes to the words, not to the number.
KNOWN = {
    ("p1", "en"): (2, "bbea13fdca2887ba"),
    ("p1", "nl"): (2, "50f3d14204e6bbc7"),
    ("p3", "en"): (1, "955b55c8ea9a40eb"),
    ("p3", "nl"): (1, "0948b158521f7da8"),
    ("p4", "en"): (2, "a7abb18d6f1e73b3"),
    ("p4", "nl"): (2, "61147812ac71a1f3"),
    ("p2", "en"): (2, "5842b970720da406"),
    ("p2", "nl"): (2, "b8e558b154f48283"),
    ("p5", "en"): (1, "544cca2dedf2f633"),
    ("p5", "nl"): (1, "1558c481478eda94"),
    ("author", "en"): (1, "4230510e19d2c8fa"),
    ("author", "nl"): (1, "6e0e648616765518"),
}


def test_every_purpose_is_offered_once_in_the_order_of_the_page() -> None:
    assert [offer.code for offer in OFFERS] == ["p1", "p3", "p4", "p2", "p5", "author"]
    assert set(BY_PURPOSE) == set(Purpose)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.code)
def test_a_text_changes_with_its_version_only(offer, language) -> None:
    known = KNOWN[offer.code, language]
    assert (offer.version, offer.sha256(language)[:16]) == known


@pytest.mark.parametrize("offer", OFFERS, ids=lambda offer: offer.code)
def test_the_text_is_what_stands_on_the_page_line_by_line(offer) -> None:
    for language in LANGUAGES:
        words = offer.words(language)
        title, *lines = offer.text(language).split("\n")
        assert title == words.title
        assert lines == [
            f"{label}: {sentence}"
            for label, sentence in zip(
                LABELS[language], (words.do, words.kept, words.without), strict=True
            )
        ]


def test_the_two_languages_differ_and_nothing_is_empty() -> None:
    for offer in OFFERS:
        for english, dutch in zip(
            vars(offer.en).values(), vars(offer.nl).values(), strict=True
        ):
            assert english
            assert dutch
            assert english != dutch


def test_the_words_neither_press_nor_promise() -> None:
    pressing = re.compile(
        r"\b(only|don.t miss|please|best|top|more people|alleen|slechts|beste)\b|!",
        re.IGNORECASE,
    )
    for offer in OFFERS:
        for language in LANGUAGES:
            assert not pressing.search(offer.text(language)), offer.code


def test_an_account_is_asked_only_for_what_posting_and_figures_need() -> None:
    every = frozenset(Purpose)
    assert capabilities_of(every) == {Capability.POST, Capability.FIGURES}
    without = every - {Purpose.POST_FOR_ME, Purpose.READ_MY_FIGURES}
    assert capabilities_of(without) == frozenset()
    assert capabilities_of({Purpose.POST_FOR_ME}) == {Capability.POST}
