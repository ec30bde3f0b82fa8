"""Words are found in all that is said of an item."""

import pytest
from sqlalchemy.orm import Session

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
