"""Items published, changed while offered, and withdrawn, on a real database."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from content.drafts import ItemDraft, MediaDraft, draft_of
from content.errors import NotReady, WrongState
from content.items import ItemKind, ItemState
from content.operations import (
    change_item,
    draft_item,
    publish_item,
    withdraw_item,
)
from tests.content.making import AT, WORDINGS, epoch_of, picture, stored


def test_publishing_offers_it_from_now_or_from_its_day(
    session: Session, draft: ItemDraft
) -> None:
    now, later = (
        draft_item(session, draft),
        draft_item(session, draft_for_later(session, draft)),
    )

    publish_item(session, now, AT)
    publish_item(session, later, AT)

    assert (now.state, now.offered_at) == (ItemState.PUBLISHED, AT)
    assert later.offered_at == AT + timedelta(days=2)
    assert now.shareable(AT)
    assert not later.offered(AT)
    assert later.offered(AT + timedelta(days=2))
    assert not now.offered(AT + timedelta(days=30))


def draft_for_later(session: Session, draft: ItemDraft) -> ItemDraft:
    other = MediaDraft(picture(session).public_id, "Een mast")
    return replace(draft, offered_at=AT + timedelta(days=2), media=(other,))


def test_what_is_not_ready_is_not_published(session: Session, draft: ItemDraft) -> None:
    item = draft_item(session, replace(draft, why="", wordings=WORDINGS[:2], topics=()))

    with pytest.raises(NotReady) as refused:
        publish_item(session, item, AT)

    assert refused.value.problems == {
        "why": "missing",
        "topics": "missing",
        "wordings": "too_few_wordings",
    }
    assert item.state is ItemState.DRAFT


def test_a_link_without_an_address_is_not_published(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, replace(draft, link_address=""))

    with pytest.raises(NotReady) as refused:
        publish_item(session, item, AT)
    assert refused.value.problems == {"link_address": "missing"}


def test_what_has_expired_is_not_published(session: Session, draft: ItemDraft) -> None:
    item = draft_item(session, draft)

    with pytest.raises(NotReady) as refused:
        publish_item(session, item, AT + timedelta(days=30))
    assert refused.value.problems == {"expires_at": "in_the_past"}


CARRIED = {
    "link": {"link_address": "https://veenstroom.example/other"},
    "card title": {"link_title": "Another"},
    "card text": {"link_description": "Another"},
    "end": {"expires_at": AT + timedelta(days=1)},
    "start": {"offered_at": AT + timedelta(hours=1)},
    "read only": {"read_only": True},
    "kind": {"kind": ItemKind.MESSAGE},
    "media": {"media": ()},
}


@pytest.mark.parametrize("change", CARRIED.values(), ids=CARRIED.keys())
def test_a_change_of_what_a_share_carries_raises_the_epoch(
    session: Session, draft: ItemDraft, change: dict[str, object]
) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)
    kept = draft_of(item)

    change_item(session, item, replace(kept, **change))  # type: ignore[arg-type]

    assert epoch_of(session, item.id) == 2


def test_another_description_of_the_picture_raises_it_too(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)
    kept = draft_of(item)

    change_item(
        session, item, replace(kept, media=(replace(kept.media[0], alt="Ander"),))
    )

    assert epoch_of(session, item.id) == 2


@pytest.mark.parametrize(
    "carrier",
    [
        {"link_title": ""},
        {"kind": ItemKind.VIDEO},
        {"kind": ItemKind.MESSAGE, "link_title": ""},
    ],
)
def test_another_title_raises_it_where_posts_carry_the_title(
    session: Session, draft: ItemDraft, carrier: dict[str, object]
) -> None:
    item = draft_item(session, replace(draft, **carrier))  # type: ignore[arg-type]
    item.state = ItemState.PUBLISHED

    change_item(session, item, replace(draft_of(item), title="A better title"))

    assert epoch_of(session, item.id) == 2


@pytest.mark.parametrize(
    "carrier",
    [
        {"kind": ItemKind.MESSAGE, "link_address": ""},
        {"kind": ItemKind.PICTURES, "link_title": ""},
    ],
)
def test_another_title_changes_nothing_where_posts_have_none(
    session: Session, draft: ItemDraft, carrier: dict[str, object]
) -> None:
    item = draft_item(session, replace(draft, **carrier))  # type: ignore[arg-type]
    item.state = ItemState.PUBLISHED

    change_item(session, item, replace(draft_of(item), title="A better title"))

    assert epoch_of(session, item.id) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "A better title"},
        {"why": "A better reason"},
        {"goal": ""},
        {"pinned": False},
        {"wordings": WORDINGS[:1]},
        {"topics": ("grid",)},
        {"disclosure_nl": "Mijn werk"},
    ],
)
def test_other_changes_leave_waiting_shares_alone(
    session: Session, draft: ItemDraft, change: dict[str, object]
) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)

    change_item(session, item, replace(draft_of(item), **change))  # type: ignore[arg-type]

    assert epoch_of(session, item.id) == 1


def test_a_draft_may_change_as_often_as_it_likes(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)

    change_item(session, item, replace(draft, link_title="Another"))

    assert epoch_of(session, item.id) == 1


def test_withdrawing_says_why_and_raises_the_epoch_once(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)

    withdraw_item(session, item, "The figure was wrong")
    withdraw_item(session, item, "again")

    found = stored(session, item)
    assert (found.state, found.epoch) == (ItemState.WITHDRAWN, 2)
    assert found.withdrawn_reason == "The figure was wrong"
    assert not found.offered(AT)


def test_a_withdrawn_item_can_come_back(session: Session, draft: ItemDraft) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)
    withdraw_item(session, item, "By mistake")

    publish_item(session, item, AT + timedelta(hours=1))

    assert (item.epoch, item.withdrawn_reason, item.offered_at) == (3, "", AT)
    assert item.shareable(AT + timedelta(hours=1))


def test_a_draft_cannot_be_withdrawn(session: Session, draft: ItemDraft) -> None:
    with pytest.raises(WrongState):
        withdraw_item(session, draft_item(session, draft), "why")


def test_publishing_twice_is_publishing_once(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)

    publish_item(session, item, AT + timedelta(days=1))

    assert (item.offered_at, item.epoch) == (AT, 1)
