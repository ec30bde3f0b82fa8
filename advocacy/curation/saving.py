"""Keeping and publishing what the form holds, or saying by field why not."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from advocacy.curation.captions_field import said_once, typed_captions
from advocacy.curation.clock_times import day_of, wall_of
from advocacy.curation.drafting import draft_from
from advocacy.curation.house import House
from advocacy.curation.item_form import ItemForm
from advocacy.curation.queries import item_just_made
from advocacy.curation.wording import worded
from advocacy.errors import NotFound
from content.captions import CheckedCaptions
from content.drafts import ItemDraft
from content.items import Item, ItemState
from content.media import Media, MediaKind
from content.operations import change_item, draft_item, publish_item
from content.queries import item_to_change, media_named
from content.readiness import mistakes, problems
from content.uploads import add_captions
from integrations.database import hold

# Two presses of one button make one item.
SAME_PRESS = timedelta(seconds=60)
_NEW_ITEMS = 637572  # our number among PostgreSQL's advisory locks


@dataclass(frozen=True)
class Press:
    """One press of a button that stores."""

    form: ItemForm
    item_id: int | None  # None is a new item
    publish: bool
    at: datetime


@dataclass(frozen=True)
class Saved:
    """What became of it."""

    item: Item
    published: bool  # now
    changed: bool  # it was published before
    asks_again: bool  # planned shares have to be confirmed once more


class NotSaved(Exception):
    """Nothing was stored; `errors` are sentences by field of the form."""

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors


def keep(
    session: Session, press: Press, house: House, refused: dict[str, str]
) -> Saved:
    """Store the form; what is in the library already stays there.

    Raises NotSaved, also for what was `refused` before: files that came along.
    """
    item = _item_of(session, press)
    offered = item is not None and item.state is ItemState.PUBLISHED
    publish = press.publish or offered
    files = usable_media(session, press.form, item)
    by_id = {file.public_id: file for file in files}
    draft, errors = draft_from(press.form, by_id, house.zone)
    draft = _with_untouched_days(draft, press.form, item, house.zone)
    captions, unread = typed_captions(press.form, _seconds(draft, by_id))
    errors |= unread
    if publish:
        draft = replace(draft, offered_at=_first_day(draft, item, press.at))
        chosen = [_as_typed(by_id[file.public_id], captions) for file in draft.media]
        found = problems(draft, chosen, at=press.at, allowed=house.allowed)
    else:
        found = mistakes(draft, house.allowed)
    if errors := said_once(worded(found, press.form, by_id) | errors | refused):
        raise NotSaved(errors)
    before = item.epoch if item and offered else None
    item = _stored(session, item, draft, house)
    _put_captions(session, item, captions, press.form, house)
    if publish:
        publish_item(session, item, press.at)
    session.refresh(item, ["epoch"])
    return Saved(item, publish, offered, asks_again=before not in (None, item.epoch))


def usable_media(session: Session, form: ItemForm, item: Item | None) -> list[Media]:
    """The files the form names that are loose or the item's own."""
    own = None if item is None else item.id
    named = media_named(session, [file.public_id for file in form.media])
    return [file for file in named if file.item_id in (None, own)]


def _item_of(session: Session, press: Press) -> Item | None:
    """The item to change, locked; None for a new one."""
    if press.item_id is not None:
        item = item_to_change(session, press.item_id)
        if item is None:
            raise NotFound
        return item
    # A second press waits here until the first is stored, and then changes its item.
    hold(session, _NEW_ITEMS)
    form, since = press.form, press.at - SAME_PRESS
    made = item_just_made(session, form.kind, form.title, form.why, since)
    return None if made is None else item_to_change(session, made)


def _first_day(draft: ItemDraft, item: Item | None, at: datetime) -> datetime:
    """Nothing new appears in the past, and what has appeared keeps its day."""
    wished = draft.offered_at
    if item is None or item.state is not ItemState.PUBLISHED:
        return max(wished or at, at)
    if wished is None and item.offered(at):
        return item.offered_at or at
    return wished or at


def _with_untouched_days(
    draft: ItemDraft, form: ItemForm, item: Item | None, zone: ZoneInfo
) -> ItemDraft:
    """The boxes show minutes and days; a day nobody touched must not change the item."""
    if item is None:
        return draft
    if form.appears == wall_of(item.offered_at, zone):
        draft = replace(draft, offered_at=item.offered_at)
    if form.leaves == day_of(item.expires_at, zone):
        draft = replace(draft, expires_at=item.expires_at)
    return draft


def _seconds(draft: ItemDraft, files: Mapping[str, Media]) -> float | None:
    """How long the video is, if there is one."""
    lengths = (files[file.public_id].seconds for file in draft.media)
    return next((length for length in lengths if length), None)


def _as_typed(file: Media, captions: CheckedCaptions | None) -> Media:
    """The file as it will be once the captions of the form are stored."""
    return Media(
        public_id=file.public_id,
        kind=file.kind,
        has_sound=file.has_sound,
        captions_name="typed" if captions else None,
    )


def _stored(
    session: Session, item: Item | None, draft: ItemDraft, house: House
) -> Item:
    if item is None:
        return draft_item(session, draft, allowed=house.allowed)
    return change_item(session, item, draft, allowed=house.allowed)


def _put_captions(
    session: Session,
    item: Item,
    captions: CheckedCaptions | None,
    form: ItemForm,
    house: House,
) -> None:
    for file in item.media:
        if file.kind is MediaKind.VIDEO and (captions or file.captions_name):
            language = form.captions_language
            add_captions(session, house.files, file, captions, language)
