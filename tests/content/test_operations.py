"""Items drafted and changed with all their parts, on a real database."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from content.drafts import ItemDraft, MediaDraft, draft_of
from content.items import ItemKind, ItemState, item_topic
from content.media import Media
from content.operations import (
    change_item,
    draft_item,
    publish_item,
    put_topic,
)
from content.queries import item_to_change
from content.wordings import Angle, Wording
from integrations.addresses import AddressRefused
from tests.content.making import AT, WORDINGS, epoch_of, picture, stored


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
    assert epoch_of(session, item.id) == 1
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
