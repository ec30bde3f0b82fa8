"""From the form to a draft of the item and back: words on one side, typed values on the other."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from advocacy.curation.clock_times import (
    BadTime,
    day_of,
    end_of_day,
    moment_of,
    wall_of,
)
from advocacy.curation.item_form import ItemForm, TypedMedia, TypedWording
from advocacy.shares.carried_media import SHOWS_MEDIA
from content.drafts import ItemDraft, MediaDraft, WordingDraft
from content.items import Item, ItemKind
from content.media import Media, MediaKind
from content.wordings import Angle


def draft_from(
    form: ItemForm, files: Mapping[str, Media], zone: ZoneInfo
) -> tuple[ItemDraft, dict[str, str]]:
    """The draft, and sentences by field for what is no value at all."""
    errors: dict[str, str] = {}
    if form.kind not in set(ItemKind):
        errors["kind"] = _("Choose one of the list.")
    kind = ItemKind(form.kind) if not errors else ItemKind.LINK
    draft = ItemDraft(
        kind=kind,
        title=form.title,
        why=form.why,
        goal=form.goal,
        language=form.language,
        # What the form hides for this kind is left where it was typed.
        link_address="" if kind is ItemKind.MESSAGE else form.link,
        link_title=form.card_title if kind is ItemKind.LINK else "",
        link_description=form.card_text if kind is ItemKind.LINK else "",
        disclosure_en=form.disclosure_en,
        disclosure_nl=form.disclosure_nl,
        offered_at=_time(errors, "appears", form.appears, zone),
        expires_at=_time(errors, "leaves", form.leaves, zone),
        pinned=form.pinned,
        read_only=form.read_only,
        topics=tuple(form.topics),
        wordings=tuple(map(_wording, form.wordings)),
        media=tuple(_media(form, kind, files)),
    )
    return draft, errors


def form_from(item: Item, captions: str, zone: ZoneInfo) -> ItemForm:
    """The form of an item that is there already."""
    video = next((file for file in item.media if file.kind is MediaKind.VIDEO), None)
    return ItemForm(
        kind=item.kind,
        link=item.link_address or "",
        card_title=item.link_title,
        card_text=item.link_description,
        title=item.title,
        why=item.why,
        goal=item.goal,
        language=item.language,
        media=[TypedMedia(file.public_id, file.alt) for file in item.media],
        captions=captions,
        captions_language=(video and video.captions_language) or item.language,
        transcript=video.transcript if video else "",
        nobody_speaks=video is not None and video.nobody_speaks,
        wordings=[
            TypedWording(wording.angle, wording.language, wording.text)
            for wording in item.wordings
        ],
        disclosure_en=item.disclosure_en,
        disclosure_nl=item.disclosure_nl,
        topics=[topic.slug for topic in item.topics],
        appears=wall_of(item.offered_at, zone),
        leaves=day_of(item.expires_at, zone),
        pinned=item.pinned,
        read_only=item.read_only,
    )


def _time(
    errors: dict[str, str], field: str, typed: str, zone: ZoneInfo
) -> datetime | None:
    read = {"appears": moment_of, "leaves": end_of_day}[field]
    try:
        return read(typed, zone)
    except BadTime as error:
        errors[field] = str(error)
        return None


def _wording(typed: TypedWording) -> WordingDraft:
    known = typed.angle in set(Angle)
    angle = Angle(typed.angle) if known else Angle.EXPERT
    return WordingDraft(angle, typed.language, typed.text)


def _media(
    form: ItemForm, kind: ItemKind, files: Mapping[str, Media]
) -> list[MediaDraft]:
    """The files this kind of item carries; the others stay loose."""
    fitting = [
        typed
        for typed in form.media
        if typed.public_id in files
        and files[typed.public_id].kind is SHOWS_MEDIA.get(kind)
    ]
    if kind is not ItemKind.VIDEO:
        return [MediaDraft(typed.public_id, typed.alt) for typed in fitting]
    said = form.transcript, form.nobody_speaks
    return [MediaDraft(typed.public_id, typed.alt, *said) for typed in fitting]
