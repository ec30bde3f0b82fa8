"""Items drafted, changed, published and withdrawn, on a real database."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.drafts import ItemDraft, MediaDraft, WordingDraft, draft_of
from content.errors import NotReady, WrongState
from content.items import Item, ItemKind, ItemState, item_topic
from content.media import Media, MediaKind
from content.operations import (
    change_item,
    draft_item,
    publish_item,
    put_topic,
    withdraw_item,
)
from content.queries import item_epoch, item_to_change, item_with_parts
from content.wordings import Angle, Wording
from integrations.addresses import AddressRefused

AT = datetime(2026, 11, 19, 9, tzinfo=UTC)
WORDINGS = (
    WordingDraft(Angle.EXPERT, "nl", "Zes jaar file op het net, één getal: 380 A."),
    WordingDraft(Angle.TEAM, "en", "Forty sheep, one dog 🐑"),
    WordingDraft(Angle.PERSONAL, "nl", " Ik fiets er langs. "),
)
_numbers = count(1)


def picture(session: Session, **values: object) -> Media:
    given = {
        "kind": MediaKind.PICTURE,
        "stored_name": f"{next(_numbers):032x}.jpg",
        "content_type": "image/jpeg",
        "width": 900,
        "height": 600,
        "size_bytes": 5,
        "sha256": f"{next(_numbers):064x}",
    }
    media = Media(**(given | values))
    session.add(media)
    session.flush()
    return media


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


def stored(session: Session, item: Item) -> Item:
    """What a later request reads."""
    item_id = item.id
    session.expunge_all()
    found = item_with_parts(session, item_id)
    assert found is not None
    return found


def test_a_draft_is_kept_with_all_its_parts(session: Session, draft: ItemDraft) -> None:
    item = stored(session, draft_item(session, draft))

    assert (item.state, item.epoch, item.kind) == (ItemState.DRAFT, 1, ItemKind.LINK)
    assert item.link_address == "https://veenstroom.example/mast%2041"
    assert [topic.slug for topic in item.topics] == ["grid", "safety"]
    assert [(row.angle, row.language) for row in item.wordings] == [
        (Angle.EXPERT, "nl"),
        (Angle.TEAM, "en"),
        (Angle.PERSONAL, "nl"),
    ]
    assert item.wordings[2].text == "Ik fiets er langs."
    assert item.media[0].alt == "Een mast bij zonsopgang"
    assert item.title == draft.title
    assert (item.pinned, item.expires_at) == (True, draft.expires_at)


def test_a_form_shows_what_was_kept_and_keeping_it_changes_nothing(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)
    again = draft_of(stored(session, item))

    changed = item_to_change(session, item.id)
    assert changed is not None
    ids = [row.id for row in changed.wordings]
    change_item(session, changed, again)

    assert draft_of(stored(session, item)) == again
    assert item_epoch(session, item.id) == 1
    assert [row.id for row in stored(session, item).wordings] == ids


def test_an_empty_draft_is_kept_too(session: Session) -> None:
    item = stored(session, draft_item(session, ItemDraft(ItemKind.VIDEO, "Later")))

    assert (item.link_address, item.wordings, item.media) == (None, [], [])


def test_a_bad_address_is_never_kept(session: Session, draft: ItemDraft) -> None:
    for bad in ("javascript:alert(1)", "http://127.0.0.1:8001/x"):
        with pytest.raises(AddressRefused):
            draft_item(session, replace(draft, link_address=bad))

    here = replace(draft, link_address="http://127.0.0.1:8001/x")
    item = draft_item(session, here, allowed=("127.0.0.1:8001",))
    assert item.link_address == "http://127.0.0.1:8001/x"
    publish_item(session, item, AT)


def test_parts_that_are_taken_out_are_gone(session: Session, draft: ItemDraft) -> None:
    item = draft_item(session, draft)
    card = draft.media[0].public_id

    change_item(
        session,
        item,
        replace(draft, wordings=WORDINGS[1:2], media=(), topics=("grid",)),
    )

    found = stored(session, item)
    assert [row.text for row in found.wordings] == ["Forty sheep, one dog 🐑"]
    assert [topic.slug for topic in found.topics] == ["grid"]
    assert found.media == []
    loose = session.scalar(select(Media).where(Media.public_id == card))
    assert loose is not None
    assert loose.item_id is None
    assert session.scalar(select(func.count()).select_from(Wording)) == 1


def test_pictures_keep_the_order_of_the_form(
    session: Session, draft: ItemDraft
) -> None:
    many = [MediaDraft(picture(session).public_id, str(n)) for n in range(4)]
    shown = replace(draft, kind=ItemKind.PICTURES, media=tuple(many))
    item = draft_item(session, shown)

    change_item(session, item, replace(shown, media=tuple(reversed(many))))

    assert [row.alt for row in stored(session, item).media] == ["3", "2", "1", "0"]


def test_another_items_picture_cannot_be_taken(
    session: Session, draft: ItemDraft
) -> None:
    owner = draft_item(session, draft)

    thief = draft_item(
        session, replace(draft, media=(MediaDraft(draft.media[0].public_id, "mine"),))
    )

    assert stored(session, thief).media == []
    assert stored(session, owner).media[0].alt == "Een mast bij zonsopgang"


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

    assert item_epoch(session, item.id) == 2


def test_another_description_of_the_picture_raises_it_too(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)
    publish_item(session, item, AT)
    kept = draft_of(item)

    change_item(
        session, item, replace(kept, media=(replace(kept.media[0], alt="Ander"),))
    )

    assert item_epoch(session, item.id) == 2


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

    assert item_epoch(session, item.id) == 1


def test_a_draft_may_change_as_often_as_it_likes(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)

    change_item(session, item, replace(draft, link_title="Another"))

    assert item_epoch(session, item.id) == 1


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


def test_a_topic_of_the_same_slug_is_the_same_topic(
    session: Session, draft: ItemDraft
) -> None:
    item = draft_item(session, draft)

    renamed = put_topic(session, "grid", "The grid", "Het net", 9)

    assert renamed.name_nl == "Het net"
    assert [topic.slug for topic in stored(session, item).topics] == ["safety", "grid"]


def test_the_database_itself_refuses_an_end_before_the_beginning(
    session: Session, draft: ItemDraft
) -> None:
    with pytest.raises(Exception, match="ck_item_expires_after_offer"):
        draft_item(session, replace(draft, offered_at=AT, expires_at=AT))


def test_an_item_that_is_deleted_takes_its_words_and_leaves_its_files(
    session: Session, draft: ItemDraft
) -> None:
    item = stored(session, draft_item(session, draft))
    media_id = item.media[0].id

    session.delete(item)
    session.flush()
    session.expunge_all()

    media = session.get(Media, media_id)
    assert media is not None
    assert media.item_id is None
    for rows in (Wording, item_topic):
        assert session.scalar(select(func.count()).select_from(rows)) == 0
