"""Words are found in all that is said of an item."""

import pytest
from sqlalchemy.orm import Session

from content import shelf
from content.drafts import WordingDraft
from content.operations import put_topic
from content.wordings import Angle
from tests.content.offered import offer, titles


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("mast", True),
        ("MAST 41", True),
        ("mas", True),
        ("41 staat mast", True),
        ("een", True),
        ("één", True),
        ("cafe", True),
        ("conducteur", True),
        ("Ruimte net", True),
        ("grid", True),
        ("pomp", True),
        ("warmtepomp mast", True),
        ("goal", True),
        ("mast fiets", False),
        ("kabel", False),
        ("   ", True),
        ("& | ! ( ) : * <-> '", True),
        ("mast:* & !een", True),
        ("100%", False),
        ("_ast", False),
        ("😀", True),
    ],
)
def test_words_are_found_in_all_that_is_said(
    session: Session, words: str, *, found: bool
) -> None:
    put_topic(session, "grid", "Room on the grid", "Ruimte op het net", 1)
    offer(
        session,
        "Mast 41 staat",
        topics=("grid",),
        goal="A goal",
        wordings=(
            WordingDraft(Angle.TEAM, "nl", "Één warmtepomp bij het café"),
            WordingDraft(Angle.TEAM, "fr", "Le conducteur 😀"),
        ),
    )

    assert titles(session, words=words) == (["Mast 41 staat"] if found else [])


def test_whole_words_come_before_pieces_of_words(session: Session) -> None:
    offer(session, "De pomp", days=5)
    offer(session, "De warmtepomp", days=1)

    assert titles(session, words="pomp") == ["De pomp"]
    assert titles(session, words="mtepo") == ["De warmtepomp"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("warmtepompen", True),  # a Dutch stem
        ("Pompen", True),  # only a piece of a word, and not in that form: by its stem
        ("kabels", True),
        ("werken", True),
        ("engineers", True),  # an English one
        ("batteries", True),
        ("heating", True),
        ("heat", True),
        ("batteries kabels", True),  # one of each
        ("wat is de kabel van het conducteurs", True),  # small words do not count
        ("the cafés", True),
        ("batteries fietsen", False),
        ("bakker", False),
    ],
)
def test_words_are_found_in_other_forms(
    session: Session, words: str, *, found: bool
) -> None:
    texts = (
        "Eén kabel werkt, de pomp en de warmtepomp ook, bij café De Conducteur",
        "Our engineer heats homes by a battery",
    )
    said = tuple(WordingDraft(Angle.TEAM, "nl", text) for text in texts)
    offer(session, "Mast", wordings=said)

    assert titles(session, words=words) == (["Mast"] if found else [])


def test_what_is_found_comes_newest_first_however_often_it_says_it(
    session: Session,
) -> None:
    offer(session, "Kabels en nog een kabel, kabels", days=2)
    offer(session, "Een kabel", days=1)

    assert titles(session, words="kabels") == [
        "Een kabel",
        "Kabels en nog een kabel, kabels",
    ]


def test_pieces_of_words_are_looked_for_in_the_newest_only(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(session, "De oude warmtepomp", days=3)
    offer(session, "De warmtepomp", days=2)
    offer(session, "De mast", days=1)
    monkeypatch.setattr(shelf, "NEWEST", 2)

    assert titles(session, words="mtepo") == ["De warmtepomp"]
