"""A draft with everything in it, and a folder for what is made of uploads."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from content.drafts import ItemDraft, MediaDraft
from content.items import ItemKind
from content.operations import put_topic
from tests.content.making import AT, WORDINGS, picture


@pytest.fixture(name="draft")
def a_whole_draft(session: Session) -> ItemDraft:
    put_topic(session, "grid", "Room on the grid", "Ruimte op het net", 1)
    put_topic(session, "safety", "Safe work", "Veilig werk", 2)
    card = picture(session)
    return ItemDraft(
        kind=ItemKind.LINK,
        title="Mast 41 staat 🎉",
        why="2.300 woningen kunnen van de wachtlijst.",
        goal="Ruimte op het net in 2030",
        language="nl",
        link_address=" HTTPS://Veenstroom.example/mast 41 ",
        link_title="De lijn is klaar",
        link_description="Zes jaar werk",
        disclosure_nl="Ik werk bij Veenstroom.",
        expires_at=AT + timedelta(days=30),
        pinned=True,
        topics=("safety", "grid", "unheard-of"),
        wordings=WORDINGS,
        media=(MediaDraft(card.public_id, " Een mast bij zonsopgang "),),
    )


@pytest.fixture(name="into")
def a_folder_for_results(tmp_path: Path) -> Path:
    folder = tmp_path / "made é 😀"
    folder.mkdir()
    return folder
