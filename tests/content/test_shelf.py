"""The library's list, on a real database: what is on it, in which order, at what cost."""

from datetime import timedelta

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from content.drafts import WordingDraft
from content.items import ItemKind, ItemState
from content.operations import put_topic
from content.queries import offered_items
from content.wordings import Angle
from tests.content.making import AT
from tests.content.offered import offer, titles


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
    assert "ix_item_stemmed_search" in plans[1]
