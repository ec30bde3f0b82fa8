"""The form's own small buttons: they change what is typed, and save nothing."""

from advocacy.curation.item_form import FIRST_ANGLES, ItemForm, TypedWording

MOST_WORDINGS = 12


def press(form: ItemForm, button: str) -> str | None:
    """Do what `button` says to the form; the id of the field that then has the focus.

    None when it is no such button. A number or name that is not there changes nothing.
    """
    name, _, what = button.partition(":")
    match name:
        case "add-wording":
            return _add_wording(form)
        case "drop-wording" if what.isdecimal():
            return _drop_wording(form, int(what))
        case "drop-media":
            form.media = [file for file in form.media if file.public_id != what]
            return "files"
        case "media-up":
            return _move_up(form, what)
    return None


def _add_wording(form: ItemForm) -> str:
    """One more, from the side that has fewest and in the language of the last."""
    if len(form.wordings) < MOST_WORDINGS:
        used = [wording.angle for wording in form.wordings]
        angle = min(FIRST_ANGLES, key=used.count)
        language = form.wordings[-1].language if form.wordings else form.language
        form.wordings.append(TypedWording(angle, language))
    return f"wording-{len(form.wordings)}"


def _drop_wording(form: ItemForm, number: int) -> str:
    if 1 <= number <= len(form.wordings):
        del form.wordings[number - 1]
    return f"wording-{min(number, len(form.wordings))}" if form.wordings else "wordings"


def _move_up(form: ItemForm, public_id: str) -> str:
    for place, file in enumerate(form.media[1:], start=1):
        if file.public_id == public_id:
            form.media[place - 1 : place + 1] = [file, form.media[place - 1]]
            break
    return f"alt-{public_id}"
