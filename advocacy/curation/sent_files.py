"""Files that arrive, with the form or ahead of it, are stored at once: a refused form never
loses one.
"""

from typing import BinaryIO, cast

import structlog
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage, MultiDict

from advocacy.curation.captions_field import take_captions_file
from advocacy.curation.file_wording import refusal
from advocacy.curation.item_form import ItemForm, TypedMedia
from content.errors import MediaRefused
from content.media import Media, MediaKind
from content.queries import media_named
from content.readiness import MOST_PICTURES
from content.uploads import Upload, add_document, add_picture, add_video
from integrations.database import transaction
from integrations.files import Files

log = structlog.get_logger()

ADD = {"picture": add_picture, "video": add_video, "document": add_document}
# An item carries one of these at most.
ALONE = frozenset({MediaKind.VIDEO, MediaKind.DOCUMENT})


class FileRefused(Exception):
    """The argument is the sentence that says why."""


def store(sent: FileStorage, kind: str, files: Files) -> Media:
    """Check and store one file of a kind of ADD, without an item yet.

    Raises FileRefused.
    """
    name = sent.filename or ""
    stream = cast("BinaryIO", sent.stream)
    if not stream.read(1):
        raise FileRefused(
            _("%(file)s: %(why)s", file=name, why=_("This file is empty."))
        )
    stream.seek(0)
    try:
        with transaction() as session:
            return ADD[kind](session, files, Upload(name, stream))
    except MediaRefused as error:
        raise FileRefused(refusal(error, name, kind)) from error
    except OSError as error:  # the disk is full, or away
        log.exception("file_not_stored")
        why = _(
            "We cannot store files just now. Try again later, or ask an administrator."
        )
        raise FileRefused(_("%(file)s: %(why)s", file=name, why=why)) from error


def take_files(
    form: ItemForm, sent: MultiDict[str, FileStorage], files: Files
) -> dict[str, str]:
    """Store what came with the form and note it there; sentences by field for the rest.

    The form keeps those sentences until other files are chosen: without the file, a page that
    comes back another time could not know them.
    """
    errors = take_captions_file(form, sent.get("captions_file"))
    for kind in ADD:
        for file in sent.getlist(kind):
            if not file.filename:
                continue
            try:
                _refuse_too_many(form, kind, file.filename)
                note(form, store(file, kind, files))
            except FileRefused as refused:
                # Several may be refused: each is named.
                said = filter(None, [errors.get(kind), str(refused)])
                errors[kind] = "\n".join(said)
        if any(file.filename for file in sent.getlist(kind)):
            form.refused[kind] = errors.get(kind, "")
    return errors


def _refuse_too_many(form: ItemForm, kind: str, name: str) -> None:
    """Before it is read: what cannot be published is not worth waiting for."""
    if kind != MediaKind.PICTURE or len(form.media) < MOST_PICTURES:
        return
    with transaction() as session:
        named = media_named(session, [file.public_id for file in form.media])
    if sum(file.kind is MediaKind.PICTURE for file in named) >= MOST_PICTURES:
        most = _("An item takes %(limit)s pictures at most.", limit=MOST_PICTURES)
        raise FileRefused(_("%(file)s: %(why)s", file=name, why=most))


def note(form: ItemForm, media: Media) -> None:
    """Put a stored file into the form; a second video or document takes the place of the first."""
    if media.kind in ALONE:
        with transaction() as session:
            named = media_named(session, [file.public_id for file in form.media])
        others = {file.public_id for file in named if file.kind is media.kind}
        form.media = [file for file in form.media if file.public_id not in others]
    form.media.append(TypedMedia(media.public_id))
