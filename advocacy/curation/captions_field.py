"""Captions in the form: a file becomes the text below it, and the text is what counts."""

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from advocacy.curation.file_wording import refusal
from advocacy.curation.item_form import ItemForm
from content.captions import LARGEST_CAPTIONS, CheckedCaptions, check_captions
from content.errors import MediaRefused
from content.items import ItemKind


def take_captions_file(form: ItemForm, file: FileStorage | None) -> dict[str, str]:
    """Put a sent captions file into the form; sentences by field if it is none."""
    if file is None or not file.filename:
        return {}
    data = file.stream.read(LARGEST_CAPTIONS + 1)
    try:
        form.captions = check_captions(data, file.filename).text
    except MediaRefused as error:
        return {"captions_file": refusal(error, file.filename, "captions")}
    return {}


def typed_captions(
    form: ItemForm, seconds: float | None
) -> tuple[CheckedCaptions | None, dict[str, str]]:
    """What the text box holds, read; sentences by field if it cannot be.

    `seconds` is how long the video is; None before there is one.
    """
    if form.kind != ItemKind.VIDEO or not form.captions:
        return None, {}
    if form.captions_language not in {"en", "nl"}:
        return None, {"captions_text": _("Choose the language of what is said.")}
    name = "typed.vtt" if form.captions.startswith("WEBVTT") else "typed.srt"
    try:
        captions = check_captions(form.captions.encode(), name)
    except MediaRefused as error:
        return None, {"captions_text": refusal(error, "", "captions")}
    if seconds is not None and captions.last_start >= seconds:
        return None, {"captions_text": _of_another(captions.last_start, seconds)}
    return captions, {}


def _of_another(begins: float, seconds: float) -> str:
    """A caption that nobody would ever see: most likely the wrong file."""
    return _(
        "The last caption begins at %(begins)s, and the video ends at %(ends)s. Are these"
        " the captions of another video?",
        begins=_on_the_player(begins),
        ends=_on_the_player(seconds),
    )


def _on_the_player(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def said_once(errors: dict[str, str]) -> dict[str, str]:
    """Captions that cannot be read are not missing as well."""
    if errors.keys() & {"captions_file", "captions_text"}:
        return {field: errors[field] for field in errors if field != "captions"}
    return errors
