"""The form of an item: shown, changed by its small buttons, kept, published."""

from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.curation.drafting import form_from
from advocacy.curation.fetching import fetch_card
from advocacy.curation.form_buttons import press
from advocacy.curation.form_page import form_page
from advocacy.curation.house import house
from advocacy.curation.item_form import ItemForm, empty_form, read_form
from advocacy.curation.proof import proof_of
from advocacy.curation.saving import NotSaved, Press, Saved, keep
from advocacy.curation.sent_files import take_files
from advocacy.errors import NotFound
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.people.speaking import language_pressed
from advocacy.shares.disclosure import lines_of
from advocacy.web.formats import weekday_and_time
from advocacy.web.language import language
from content.items import Item
from content.media import MediaKind
from content.queries import item_with_parts, media_named, topics
from content.uploads import read_captions
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.CURATE)
def new() -> ResponseReturnValue:
    """An empty form, or a new item from it."""
    if request.method == "POST":
        return _pressed(None)
    plain = Item(disclosure_en="", disclosure_nl="")
    lines = lines_of(plain, house().organisation)
    return form_page(empty_form(language(), lines), None)


@requires(Permission.CURATE)
def edit(item_id: int) -> ResponseReturnValue:
    """The form of an item that is there."""
    if request.method == "POST":
        return _pressed(item_id)
    here = house()
    with transaction(READER) as session:
        item = item_with_parts(session, item_id)
    if item is None:
        raise NotFound
    videos = [file for file in item.media if file.kind is MediaKind.VIDEO]
    captions = "".join(read_captions(here.files, video) for video in videos)
    return form_page(form_from(item, captions, here.zone), item_id)


@requires(Permission.CURATE)
def proof() -> ResponseReturnValue:
    """The side column alone, drawn from what is typed."""
    form = read_form(request.form)
    with transaction(READER) as session:
        named = media_named(session, [file.public_id for file in form.media])
        known = topics(session)
    files = {file.public_id: file for file in named}
    drawn = proof_of(form, files, known, now())
    return render_template("curation/proof.html", proof=drawn)


def _pressed(item_id: int | None) -> ResponseReturnValue:
    """Whatever the button, the files that came along are stored first."""
    language_pressed()
    here, form = house(), read_form(request.form)
    button = request.form.get("do", "look")
    errors = take_files(form, request.files, here.files)
    if button == "fetch":
        errors |= fetch_card(form, here.files, here.allowed)
        return form_page(form, item_id, errors, focus="title", fetched=not errors)
    if button in {"publish", "draft", "see"}:
        return _stored(form, item_id, button, errors)
    return form_page(form, item_id, errors, focus=press(form, button) or "")


def _stored(
    form: ItemForm, item_id: int | None, button: str, errors: dict[str, str]
) -> ResponseReturnValue:
    wish = Press(form, item_id, publish=button == "publish", at=now())
    try:
        with transaction() as session:
            saved = keep(session, wish, house(), errors)
    except NotSaved as refused:
        return form_page(form, item_id, refused.errors)
    if button == "see":
        return redirect(url_for("curation.as_employees", item_id=saved.item.id))
    _say(saved, wish)
    return redirect(url_for("curation.listing"))


def _say(saved: Saved, wish: Press) -> None:
    item = saved.item
    sentence, kind = _what_became_of(saved, wish)
    notice = {"sentence": sentence, **_way_to(item, wish.at)}
    # Flask keeps whatever JSON can carry, and the page draws the link.
    flash(notice, kind)  # type: ignore[arg-type]
    if saved.asks_again:
        flash(
            _("Colleagues who planned a post of it confirm it once more first."), "wait"
        )


def _what_became_of(saved: Saved, wish: Press) -> tuple[str, str]:
    """A sentence, and the kind of notice it stands in."""
    item = saved.item
    if item.offered_at is not None and item.offered_at > wish.at and saved.published:
        when = weekday_and_time(item.offered_at)
        return _("Planned for %(when)s.", when=when), "wait"
    if not saved.published:
        return _("Kept as a draft. Nothing appears before you publish it."), "done"
    if saved.changed:
        return _("Changed. Colleagues see it as it is now."), "done"
    return _("Published. Colleagues see it in the library from now on."), "done"


def _way_to(item: Item, at: datetime) -> dict[str, str]:
    """A link to it, as notices show one: where colleagues see it, else to what they will see."""
    if item.offered(at):
        where, words = "library.item", _("Open it in the library")
    else:
        where, words = "curation.as_employees", _("See it as colleagues will")
    return {"address": url_for(where, item_id=item.id), "link": words}
