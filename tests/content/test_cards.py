"""What a card in the library says of its item."""

from datetime import timedelta

from sqlalchemy.orm import Session

from content.cards import ItemPicture
from content.drafts import MediaDraft, WordingDraft
from content.items import ItemKind
from content.media import MediaKind
from content.operations import put_topic
from content.queries import offered_items
from content.wordings import Angle
from tests.content.making import AT, picture
from tests.content.offered import offer


def test_a_card_says_all_that_stands_on_it(session: Session) -> None:
    put_topic(session, "safety", "Safe work", "Veilig werk", 2)
    put_topic(session, "grid", "Room on the grid", "Ruimte op het net", 1)
    first, second = (
        picture(session, copy_640="a" * 32 + ".webp"),
        picture(session, width=1200),
    )
    item = offer(
        session,
        "Mast 41 staat 🎉",
        kind=ItemKind.PICTURES,
        language="nl",
        topics=("safety", "grid"),
        media=(
            MediaDraft(second.public_id, "Een mast"),
            MediaDraft(first.public_id, "Een regenboog"),
        ),
        wordings=(
            WordingDraft(Angle.EXPERT, "nl", "Eén"),
            WordingDraft(Angle.TEAM, "en", "Two"),
            WordingDraft(Angle.PERSONAL, "nl", "Drie"),
        ),
        expires_at=AT + timedelta(days=3),
    )

    (card,) = offered_items(session, AT).cards

    assert (card.id, card.kind, card.title) == (item.id, item.kind, item.title)
    assert (card.why, card.language, card.pinned) == ("Daarom.", "nl", False)
    assert (card.offered_at, card.expires_at) == (item.offered_at, item.expires_at)
    assert [topic.name_nl for topic in card.topics] == [
        "Ruimte op het net",
        "Veilig werk",
    ]
    assert (card.wordings, card.languages) == (3, ("en", "nl"))
    assert card.picture == ItemPicture(
        kind=MediaKind.PICTURE,
        public_id=second.public_id,
        alt="Een mast",
        width=1200,
        height=600,
        version=second.stored_name[:8],
        copy_640=None,
        copy_1280=None,
        seconds=None,
        captions_name=False,
        pages=None,
    )


def test_a_card_without_parts_is_a_card_too(session: Session) -> None:
    offer(session, "bare")

    (card,) = offered_items(session, AT).cards

    assert (card.topics, card.picture) == ((), None)
    assert (card.wordings, card.languages) == (0, ())


def test_a_video_is_shown_by_its_poster(session: Session) -> None:
    film = picture(
        session,
        kind=MediaKind.VIDEO,
        seconds=72.5,
        captions_name="b" * 32 + ".vtt",
        copy_640="c" * 32 + ".webp",
    )
    offer(session, "film", kind=ItemKind.VIDEO, media=(MediaDraft(film.public_id),))

    shown = offered_items(session, AT).cards[0].picture

    assert shown is not None
    assert (shown.kind, shown.seconds) == (MediaKind.VIDEO, 72.5)
    assert (shown.captions_name, shown.copy_640) == (True, "cccccccc")
