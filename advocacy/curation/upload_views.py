"""A file sent ahead of its form, so that whoever writes need not wait for it."""

from flask import get_template_attribute, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.curation.house import house
from advocacy.curation.sent_files import ADD, FileRefused, store
from advocacy.people.access import requires
from advocacy.people.roles import Permission


@requires(Permission.CURATE)
def upload() -> ResponseReturnValue:
    """Store one file; the row to show for it, or 422 with the sentence that says why not."""
    kind, sent = request.form.get("kind", ""), request.files.get("file")
    if kind not in ADD or sent is None or not sent.filename:
        return {
            "error": _("There is no file in what was sent. Choose it once more.")
        }, 422
    try:
        media = store(sent, kind, house().files)
    except FileRefused as refused:
        return {"error": str(refused)}, 422
    row = get_template_attribute("curation/parts.html", "stored_file")
    return {
        "media": media.public_id,
        "name": media.original_name,
        "width": media.width,
        "height": media.height,
        "row": row(media, first=False),
    }
