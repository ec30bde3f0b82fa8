"""Changes to items: draft, change, publish, withdraw. Media: `content.uploads`."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from content.drafts import ItemDraft, draft_of
from content.errors import NotReady, WrongState
from content.items import Item, ItemState
from content.media import Media
from content.readiness import problems
from content.search import folded
from content.topics import Topic
from content.wordings import Wording
from integrations.addresses import written_address

# Not columns of the item: parts of their own, or stored in another form.
_PARTS = frozenset({"topics", "wordings", "media", "link_address"})


def draft_item(
    session: Session, draft: ItemDraft, *, allowed: tuple[str, ...] = ()
) -> Item:
    """A new item that only communications see. AddressRefused for a bad link."""
    item = Item(state=ItemState.DRAFT, epoch=1, **_values(draft, allowed))
    item.wordings, item.media, item.topics = [], [], []
    session.add(item)
    _put_parts(session, item, draft)
    session.flush()
    return item


def change_item(
    session: Session, item: Item, draft: ItemDraft, *, allowed: tuple[str, ...] = ()
) -> Item:
    """Make the item what the draft says. Take it from `queries.item_to_change`.

    A published one may be left unfit to publish; check `readiness.problems` first.
    """
    before = _carried(item)
    for name, value in _values(draft, allowed).items():
        setattr(item, name, value)
    _put_parts(session, item, draft)
    if item.state is not ItemState.DRAFT and _carried(item) != before:
        item.epoch += 1
    session.flush()
    return item


def publish_item(session: Session, item: Item, at: datetime) -> None:
    """Offer it, from `offered_at` on or from now. NotReady says what is missing.

    Published before, it stays as it is; withdrawn, it comes back.
    """
    if item.state is ItemState.PUBLISHED:
        return
    found = problems(draft_of(item), item.media, at=at)
    # Its address was checked when it was kept; what is allowed there is not known here.
    if found.get("link_address") != "missing":
        found.pop("link_address", None)
    if found:
        raise NotReady(found)
    if item.state is ItemState.WITHDRAWN:
        item.withdrawn_reason = ""
        item.epoch += 1
    item.offered_at = item.offered_at or at
    item.state = ItemState.PUBLISHED
    session.flush()


def withdraw_item(session: Session, item: Item, reason: str) -> None:
    """Take it back. Waiting shares notice by the epoch; their owners are told why."""
    if item.state is ItemState.WITHDRAWN:
        return
    if item.state is not ItemState.PUBLISHED:
        raise WrongState(f"a {item.state} item cannot be withdrawn")
    item.state = ItemState.WITHDRAWN
    item.withdrawn_reason = reason
    item.epoch += 1
    session.flush()


def put_topic(
    session: Session, slug: str, name_en: str, name_nl: str, position: int
) -> Topic:
    """Make a topic, or give the one of this slug these names and this place."""
    topic = session.scalar(select(Topic).where(Topic.slug == slug))
    if topic is None:
        topic = Topic(slug=slug)
        session.add(topic)
    topic.name_en, topic.name_nl, topic.position = name_en, name_nl, position
    session.flush()
    return topic


def _values(draft: ItemDraft, allowed: tuple[str, ...]) -> dict[str, Any]:
    names = [field.name for field in fields(draft) if field.name not in _PARTS]
    values = {name: getattr(draft, name) for name in names}
    link = draft.link_address.strip()
    return {**values, "link_address": written_address(link, allowed) if link else None}


def _put_parts(session: Session, item: Item, draft: ItemDraft) -> None:
    _put_wordings(item, draft)
    _put_media(session, item, draft)
    wanted = select(Topic).where(Topic.slug.in_(draft.topics))
    item.topics = list(session.scalars(wanted.order_by(Topic.position)))
    item.search_text = folded(
        *(item.title, item.why, item.goal, item.link_title, item.link_description),
        *(name for topic in item.topics for name in (topic.name_en, topic.name_nl)),
        *(wording.text for wording in item.wordings),
    )


def _put_wordings(item: Item, draft: ItemDraft) -> None:
    """Rows that stay keep their id, so that a page that is open still finds them."""
    said = [wording for wording in draft.wordings if wording.text.strip()]
    del item.wordings[len(said) :]
    for position, wording in enumerate(said):
        if position == len(item.wordings):
            item.wordings.append(Wording())
        row = item.wordings[position]
        row.angle, row.language = wording.angle, wording.language
        row.text, row.position = wording.text.strip(), position


def _put_media(session: Session, item: Item, draft: ItemDraft) -> None:
    """Take loose uploads and its own; another item's files are never taken away."""
    wanted = select(Media).where(
        Media.public_id.in_([file.public_id for file in draft.media]),
        or_(Media.item_id.is_(None), Media.item_id == item.id),
    )
    rows = {row.public_id: row for row in session.scalars(wanted)}
    chosen = [file for file in draft.media if file.public_id in rows]
    for position, file in enumerate(chosen):
        row = rows[file.public_id]
        row.position, row.alt = position, file.alt.strip()
        row.transcript = file.transcript.strip()
        row.nobody_speaks = file.nobody_speaks
    item.media = [rows[file.public_id] for file in chosen]


def _carried(item: Item) -> tuple[object, ...]:
    """All that goes into a post of somebody's, or says whether there may be one."""
    return (
        (item.kind, item.link_address, item.link_title, item.link_description),
        item.posted_title,
        (item.offered_at, item.expires_at, item.read_only),
        tuple((file.sha256, file.alt, file.captions_name) for file in item.media),
    )
