"""What pages and shares ask about single items, and communications' own list."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from content.drafts import ItemDraft, WordingDraft
from content.items import Item, ItemKind, ItemState
from content.operations import draft_item, put_topic
from content.queries import (
    Stage,
    all_items_for_curation,
    curation_place,
    item_to_change,
    item_with_parts,
    media_named,
    topics,
)
from content.wordings import Angle

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def keep(
    session: Session,
    title: str,
    state: ItemState,
    days: float = 0,
    ends: float | None = None,
) -> Item:
    wording = WordingDraft(Angle.TEAM, "nl", "Warmtepomp bij het café")
    item = draft_item(
        session,
        ItemDraft(
            kind=ItemKind.MESSAGE,
            title=title,
            offered_at=AT + days * DAY,
            expires_at=None if ends is None else AT + ends * DAY,
            wordings=(wording,),
            topics=("grid",),
        ),
    )
    item.state = state
    session.flush()
    return item


@pytest.fixture(autouse=True)
def _a_full_desk(session: Session) -> None:
    put_topic(session, "grid", "Room on the grid", "Ruimte op het net", 2)
    put_topic(session, "safety", "Safe work", "Veilig werk", 1)
    published = ItemState.PUBLISHED
    keep(session, "draft", ItemState.DRAFT)
    keep(session, "planned", published, days=2)
    keep(session, "old", published, days=-9)
    keep(session, "new", published, days=-1, ends=1)
    keep(session, "expired", published, days=-9, ends=0)
    keep(session, "withdrawn", ItemState.WITHDRAWN, days=-3)
    session.expunge_all()


def titles(session: Session, stage: Stage | None = None, **wish: object) -> list[str]:
    found = all_items_for_curation(session, AT, stage, **wish)  # type: ignore[arg-type]
    return [item.title for item in found]


def test_every_item_is_at_exactly_one_stage(session: Session) -> None:
    assert set(titles(session, Stage.COMING)) == {"draft", "planned"}
    assert titles(session, Stage.OFFERED) == ["new", "old"]
    assert set(titles(session, Stage.GONE)) == {"expired", "withdrawn"}
    assert len(titles(session)) == 6


def test_the_list_is_found_by_words_and_turned_by_pages(session: Session) -> None:
    assert titles(session, search="WITHDR") == ["withdrawn"]
    assert len(titles(session, search="café ruimte")) == 6
    assert titles(session, search="100%") == []
    first, rest = titles(session, limit=2), _after(session, 2)
    assert first + rest == titles(session)


def _after(session: Session, number: int) -> list[str]:
    """The titles behind so many, by the place of the last of these."""
    last = all_items_for_curation(session, AT, limit=number)[-1]
    return titles(session, before=curation_place(last))


@pytest.mark.parametrize("stage", [Stage.OFFERED, Stage.GONE, Stage.COMING])
def test_pages_of_a_stage_follow_each_other_by_its_own_days(
    session: Session, stage: Stage
) -> None:
    (first, last) = all_items_for_curation(session, AT, stage)
    assert titles(session, stage, before=curation_place(first, stage)) == [last.title]
    assert titles(session, stage, before=curation_place(last, stage)) == []
    assert len(titles(session, stage, before="nonsense")) == 2


def test_the_list_comes_with_wordings_and_topics(session: Session) -> None:
    (item, *_) = all_items_for_curation(session, AT)

    assert len(item.wordings) == 1
    assert item.topics[0].name_nl == "Ruimte op het net"


def test_an_item_comes_with_its_parts_and_nothing_is_fetched_unseen(
    session: Session,
) -> None:
    item_id = session.scalars(select(Item.id)).first()
    assert item_id is not None

    whole = item_with_parts(session, item_id)
    assert whole is not None
    assert (len(whole.wordings), len(whole.topics), whole.media) == (1, 1, [])
    session.expunge_all()

    bare = session.get(Item, item_id)
    assert bare is not None
    with pytest.raises(InvalidRequestError):
        bare.wordings  # noqa: B018 (reading it is the test)


def test_an_item_that_is_not_there_is_none(session: Session) -> None:
    assert item_with_parts(session, 0) is None
    assert item_to_change(session, 0) is None


def test_an_item_to_change_is_as_it_is_stored_by_now(session: Session) -> None:
    item_id = session.scalars(select(Item.id)).first()
    assert item_id is not None
    known = item_with_parts(session, item_id)
    assert known is not None
    # Somebody else's change, behind the back of this session.
    table = Item.__table__
    session.connection().execute(
        table.update().where(table.c.id == item_id).values(epoch=7)  # type: ignore[attr-defined]
    )
    assert known.epoch == 1

    changing = item_to_change(session, item_id)

    assert changing is known
    assert changing.epoch == 7


def test_topics_come_in_their_order(session: Session) -> None:
    assert [topic.slug for topic in topics(session)] == ["safety", "grid"]


def test_media_nobody_knows_are_left_out(session: Session) -> None:
    assert media_named(session, ["x", "y"]) == []
    assert media_named(session, []) == []
