"""The library's list, on a real database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from content.cards import ItemPicture
from content.drafts import ItemDraft, MediaDraft, WordingDraft
from content.items import Item, ItemKind, ItemState
from content.media import Media, MediaKind
from content.operations import draft_item, put_topic
from content.queries import offered_items
from content.wordings import Angle

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)


def offer(session: Session, title: str, **values: object) -> Item:
    """An item that has been offered for `days` days, one when not said."""
    days = values.pop("days", 1)
    given = {
        "kind": ItemKind.MESSAGE,
        "why": "Daarom.",
        "offered_at": AT - timedelta(days=float(str(days))),
    }
    draft = ItemDraft(title=title, **(given | values))  # type: ignore[arg-type]
    item = draft_item(session, draft)
    item.state = ItemState.PUBLISHED
    session.flush()
    return item


def picture(session: Session, **values: object) -> Media:
    given = {
        "kind": MediaKind.PICTURE,
        "stored_name": "0" * 32 + ".jpg",
        "content_type": "image/jpeg",
        "width": 900,
        "height": 600,
        "size_bytes": 5,
        "sha256": "0" * 64,
    }
    media = Media(**(given | values))
    session.add(media)
    session.flush()
    return media


def titles(session: Session, **wish: object) -> list[str]:
    found = offered_items(session, AT, **wish)  # type: ignore[arg-type]
    return [card.title for card in found.cards]


def test_pinned_items_come_first_then_the_newest(session: Session) -> None:
    offer(session, "old", days=3)
    offer(session, "new", days=1)
    offer(session, "pinned", days=9, pinned=True)
    offer(session, "middle", days=2)

    assert titles(session) == ["pinned", "new", "middle", "old"]


def test_only_what_is_offered_now_is_there(session: Session) -> None:
    soon = AT + timedelta(seconds=1)
    offer(session, "now", days=0)
    offer(session, "ends later", expires_at=soon)
    offer(session, "ends now", expires_at=AT)
    offer(session, "later", days=-0.001)
    offer(session, "draft").state = ItemState.DRAFT
    offer(session, "withdrawn").state = ItemState.WITHDRAWN
    session.flush()

    assert titles(session) == ["now", "ends later"]


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
        copy_640=False,
        copy_1280=False,
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
    assert (shown.captions_name, shown.copy_640) == (True, True)


def test_pages_follow_each_other_without_a_gap(session: Session) -> None:
    for number in range(11):
        # Some at the same moment, some pinned.
        offer(session, str(number), days=number // 3, pinned=number in (2, 7))
    everything = titles(session, limit=50)

    seen, before, pages = [], "", 0
    while before is not None:
        page = offered_items(session, AT, limit=4, before=before)
        seen += [card.title for card in page.cards]
        before, pages = page.older, pages + 1  # type: ignore[assignment]

    assert (seen, pages) == (everything, 3)
    assert offered_items(session, AT, limit=11).older is None


@pytest.mark.parametrize(
    "before",
    ["x", "1-2", "2-0-1", "1-1-1-1", "-1-1-1", "1-9e9-1", "' OR 1", "1-1-" + "9" * 20],
)
def test_a_place_that_is_none_is_as_no_place(session: Session, before: str) -> None:
    offer(session, "one")

    assert titles(session, before=before) == ["one"]


def test_a_topic_a_kind_and_a_language_narrow_it(session: Session) -> None:
    put_topic(session, "grid", "Room on the grid", "Ruimte op het net", 1)
    said = (WordingDraft(Angle.TEAM, "nl", "Hallo"),)
    offer(session, "grid", topics=("grid",))
    offer(session, "film", kind=ItemKind.VIDEO)
    offer(session, "dutch", wordings=said)

    assert titles(session, topic="grid") == ["grid"]
    assert titles(session, topic="nothing") == []
    assert titles(session, kind=ItemKind.VIDEO) == ["film"]
    assert titles(session, language="nl") == ["dutch"]
    assert titles(session, language="nl", topic="grid") == []


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


def test_a_page_is_one_question_to_the_database(session: Session) -> None:
    for number in range(5):
        offer(session, str(number), wordings=(WordingDraft(Angle.TEAM, "nl", "x"),))
    asked: list[str] = []

    def count(*given: object) -> None:
        asked.append(str(given[2]))

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", count)
    try:
        assert len(offered_items(session, AT).cards) == 5
    finally:
        event.remove(engine, "before_cursor_execute", count)
    assert len(asked) == 1


def test_both_indexes_are_used(session: Session) -> None:
    offer(session, "one")
    many = text(
        "INSERT INTO item (kind, state, title, why, goal, language, link_title,"
        " link_description, disclosure_en, disclosure_nl, offered_at, pinned,"
        " read_only, epoch, search_text, withdrawn_reason, created_at, updated_at)"
        " SELECT kind, state, title, why, goal, language, link_title,"
        " link_description, disclosure_en, disclosure_nl,"
        " offered_at - n * interval '1 hour', pinned, read_only, epoch,"
        " 'mast ' || n, withdrawn_reason, created_at, updated_at"
        " FROM item, generate_series(1, 3000) AS n"
    )
    session.execute(many)
    session.execute(text("ANALYZE item"))
    plans: list[str] = []

    def explain(*given: object) -> None:
        statement, values = str(given[2]), given[3]
        if statement.startswith("SELECT"):
            rows = connection.exec_driver_sql(f"EXPLAIN {statement}", values)  # type: ignore[arg-type]
            plans.append("\n".join(row[0] for row in rows))

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", explain)
    try:
        assert titles(session, limit=2) == ["one", "one"]
        assert len(titles(session, words="2718", limit=2)) == 1
    finally:
        event.remove(connection, "before_cursor_execute", explain)
    assert "ix_item_state_pinned_offered_at_id" in plans[0]
    assert "ix_item_search" in plans[1]
