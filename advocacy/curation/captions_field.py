"""Captions in the form: a file becomes the text below it, and the text is what counts."""

from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage

from advocacy.curation.file_wording import refusal
from advocacy.curation.item_form import ItemForm
from content.captions import LARGEST_CAPTIONS, CheckedCaptions, check_captions
from content.errors import MediaRefused
from content.items import ItemKind

# Programs round up, and let the last words stand a moment after the picture is gone.
OVER = 10.0  # seconds


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
    if wrong := _beside_the_end(captions, seconds):
        return None, {"captions_text": wrong}
    return captions, {}


def _beside_the_end(captions: CheckedCaptions, seconds: float | None) -> str:
    """What is wrong with the times, given the video's end; empty where nothing is."""
    if seconds is None:
        return ""
    ends = _on_the_player(seconds)
    if captions.last_start >= seconds:  # nobody would ever see it
        return _(
            "The last caption begins at %(begins)s, and the video ends at %(ends)s. Are"
            " these the captions of another video?",
            begins=_on_the_player(captions.last_start),
            ends=ends,
        )
    if (
        captions.last_end > seconds + OVER
    ):  # it would lie over all that is said meanwhile
        return _(
            "A caption stays until %(leaves)s, and the video ends at %(ends)s. Correct its"
            " time.",
            leaves=_on_the_player(captions.last_end),
            ends=ends,
        )
    return ""


def _on_the_player(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}"


def said_once(errors: dict[str, str]) -> dict[str, str]:
    """Captions that cannot be read are not missing as well."""
    if errors.keys() & {"captions_file", "captions_text"}:
        return {field: errors[field] for field in errors if field != "captions"}
    return errors
