"""Putting the form's page together, fresh or as it was sent back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.curation.file_wording import (
    EXAMPLE_TIMES,
    document_help,
    picture_help,
    video_help,
)
from advocacy.curation.form_buttons import MOST_WORDINGS
from advocacy.curation.house import house
from advocacy.curation.item_form import ItemForm
from advocacy.curation.proof import Proof, proof_of
from advocacy.curation.queries import goals_named
from advocacy.curation.wording import in_page_order
from advocacy.errors import NotFound
from advocacy.web.formats import day, weekday_and_time
from content.documents import LARGEST_DOCUMENT
from content.items import Item, ItemState
from content.media import Media, MediaKind
from content.pictures import LARGEST_PICTURE
from content.queries import item_with_parts, media_named, topics
from content.readiness import MOST_PICTURES
from content.topics import Topic
from content.videos import LARGEST_VIDEO
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@dataclass(frozen=True)
class StoredFile:
    """A file of the form, and what is typed about it."""

    media: Media
    alt: str


@dataclass(frozen=True)
class FormPage:
    """What the template shows."""

    form: ItemForm
    item: Item | None
    files: Sequence[StoredFile]
    topics: Sequence[Topic]
    goals: Sequence[str]
    proof: Proof
    errors: Mapping[str, str] = field(default_factory=dict)
    focus: str = ""  # the field to begin in
    fetched: bool = False
    most_wordings: int = MOST_WORDINGS
    most_pictures: int = MOST_PICTURES
    example_times: str = EXAMPLE_TIMES
    limits: Mapping[str, int] = field(
        default_factory=lambda: {
            "picture": LARGEST_PICTURE,
            "video": LARGEST_VIDEO,
            "document": LARGEST_DOCUMENT,
        }
    )

    @property
    def help(self) -> dict[str, str]:
        """Limits, said before anybody chooses a file."""
        return {
            "picture": picture_help(),
            "video": video_help(),
            "document": document_help(),
        }

    @property
    def city(self) -> str:
        """Whose clock the times are on."""
        return house().city

    @property
    def pictures(self) -> list[StoredFile]:
        return [one for one in self.files if one.media.kind is MediaKind.PICTURE]

    @property
    def videos(self) -> list[StoredFile]:
        return [one for one in self.files if one.media.kind is MediaKind.VIDEO]

    @property
    def documents(self) -> list[StoredFile]:
        return [one for one in self.files if one.media.kind is MediaKind.DOCUMENT]

    @property
    def published(self) -> bool:
        """Whether colleagues see it, or will on its day, whatever is pressed here."""
        return self.item is not None and self.item.state is ItemState.PUBLISHED

    @property
    def withdrawn(self) -> bool:
        return self.item is not None and self.item.state is ItemState.WITHDRAWN

    @property
    def lede(self) -> str:
        """Where the item stands, in one sentence."""
        item, at = self.item, now()
        if item is None:
            return _("One page. Nothing appears before you publish it.")
        if item.state is ItemState.DRAFT or item.offered_at is None:
            return _("A draft. Nothing appears before you publish it.")
        if item.state is ItemState.WITHDRAWN:
            return _("Withdrawn. Publishing brings it back into the library.")
        if item.offered_at > at:
            return _("Planned for %(when)s.", when=weekday_and_time(item.offered_at))
        if item.expires_at and item.expires_at <= at:
            return _(
                "Left the library after %(day)s. A later day brings it back.",
                day=day(item.expires_at),
            )
        return _("In the library since %(day)s.", day=day(item.offered_at))


def form_page(
    form: ItemForm,
    item_id: int | None,
    errors: Mapping[str, str] | None = None,
    *,
    focus: str = "",
    fetched: bool = False,
) -> ResponseReturnValue:
    """The page; with errors its status says that nothing was stored."""
    at = now()
    with transaction(READER) as session:
        item = item_with_parts(session, item_id) if item_id is not None else None
        if item_id is not None and item is None:
            raise NotFound
        media = media_named(session, [file.public_id for file in form.media])
        known, goals = topics(session), goals_named(session)
    own = {one.public_id: one for one in media if one.item_id in (None, item_id)}
    page = FormPage(
        form=form,
        item=item,
        files=_files(form, own),
        topics=known,
        goals=goals,
        proof=proof_of(form, own, known, at),
        errors=in_page_order(_with_reasons(form, errors or {})),
        focus=focus,
        fetched=fetched,
    )
    return render_template("curation/form.html", page=page), 422 if errors else 200


def _with_reasons(form: ItemForm, errors: Mapping[str, str]) -> dict[str, str]:
    """Whoever is asked for a file is told again why the one they chose was not taken."""
    said = dict(errors)
    for kind, why in form.refused.items():
        if why and said.get(kind, why) != why:
            said[kind] = f"{why}\n{said[kind]}"
    return said


def _files(form: ItemForm, own: Mapping[str, Media]) -> list[StoredFile]:
    """What the form names and may use, in the form's order."""
    return [
        StoredFile(own[file.public_id], file.alt)
        for file in form.media
        if file.public_id in own
    ]
