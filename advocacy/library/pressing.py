"""What each button on the writing desk does. Helpers answer 200, refusals 422."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.errors import NotFound
from advocacy.library.item_page import item_page
from advocacy.people.access import signed_in_person
from advocacy.shares import disclosure
from advocacy.shares.checking import Asked, Granted, check_wish
from advocacy.shares.confirmation import seal
from advocacy.shares.desk import Connection
from advocacy.shares.drafting import shows_card
from advocacy.shares.forms import ComposerForm
from advocacy.shares.models import Share
from advocacy.shares.operations import copy_share, queue_share, tell_posted
from advocacy.shares.page_parts import our_terms, taken, time_note, whole_text
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import WishRefused
from advocacy.shares.storing import AlreadyShared
from advocacy.shares.wishes import ShareWish
from advocacy.web.formats import weekday_and_time
from advocacy.web.language import language
from advocacy.web.runtime import runtime
from content.items import Item
from content.queries import item_with_parts
from integrations.database import transaction


@dataclass(frozen=True)
class Press:
    """One press of a button, and everything that lay on the desk."""

    item: Item
    form: ComposerForm
    connection: Connection
    at: datetime

    @property
    def wish(self) -> ShareWish:
        return self.form.wish(self.item, signed_in_person().time_zone)


Answer = Callable[[Press], ResponseReturnValue]


def button_pressed(sent: Mapping[str, str]) -> Answer:
    """Which button it was; an unknown one only looks."""
    if "start" in sent:
        return start
    if "show" in sent:
        return show
    return BUTTONS.get(sent.get("do", ""), preview)


def preview(press: Press) -> ResponseReturnValue:
    """The same page, with everything worked out anew."""
    return item_page(press.item, press.connection, press.form)


def start(press: Press) -> ResponseReturnValue:
    """Put a suggestion into the box; the old text is one step back."""
    chosen = request.form["start"]
    texts = {str(word.id): word.text for word in press.item.wordings}
    if chosen not in texts:
        return preview(press)
    return preview(replace(press, form=press.form.starting_from(texts[chosen])))


def show(press: Press) -> ResponseReturnValue:
    """The suggestions in another language."""
    return preview(
        replace(press, form=replace(press.form, suggestions=request.form["show"]))
    )


def take_back(press: Press) -> ResponseReturnValue:
    """The text that a suggestion replaced."""
    return preview(replace(press, form=press.form.taken_back()))


def disclose(press: Press) -> ResponseReturnValue:
    """Open the text with the line that says where one works."""
    lines = disclosure.lines_of(press.item, runtime().settings.organisation)
    line = lines[disclosure.language_of(press.form.text, language())]
    text = disclosure.with_line(press.form.text, line)
    return preview(replace(press, form=replace(press.form, text=text)))


def share(press: Press) -> ResponseReturnValue:
    """Post through the account: at once where the page showed exactly this, else ask."""
    asked = Asked(signed_in_person(), press.item, press.wish, press.at)
    try:
        with transaction() as session:
            granted = check_wish(session, asked, our_terms())
            counted = is_on(session, asked.person.id, Purpose.COUNT_MY_CLICKS)
    except WishRefused as refused:
        return _refused(press, by_place(refused.problems))
    # A time that the clock skips or repeats was not on the screen as it will be.
    if press.form.live and granted.due.note is None:
        return confirm(press)
    return _confirmation(press, granted, counted=counted)


def confirm(press: Press) -> ResponseReturnValue:
    """Store the confirmed share; pressed twice it is the same one."""
    try:
        with transaction() as session:
            stored = queue_share(
                session,
                signed_in_person(),
                _fresh(session, press),
                press.wish,
                press.at,
                terms=our_terms(),
            )
    except WishRefused as refused:
        return _refused(press, by_place(refused.problems))
    except AlreadyShared:
        return _refused(press, {"send": taken()})
    if stored.created_at < press.at:
        flash(_("You had shared this already. Nothing was sent twice."), "wait")
    elif stored.wall_time:
        when = weekday_and_time(stored.due_at)
        flash(
            _("Planned for %(when)s. You can change it until then.", when=when), "wait"
        )
    else:
        flash(_("Confirmed. Your post leaves in a moment, and you can still undo it."))
    return redirect(url_for("shares.mine"))


def copy(press: Press) -> ResponseReturnValue:
    """Take the text along, to paste it on LinkedIn oneself."""
    try:
        with transaction() as session:
            stored = _copied(session, press)
    except WishRefused as refused:
        return _refused(press, by_place(refused.problems))
    return redirect(url_for("shares.text", public_id=stored.public_id))


def posted(press: Press) -> ResponseReturnValue:
    """ "I posted it", said on the item's own page."""
    try:
        with transaction() as session:
            tell_posted(session, _copied(session, press), None, press.at)
    except WishRefused as refused:
        return _refused(press, by_place(refused.problems))
    flash(_("Noted. It is on your list, and nobody else sees it."))
    return redirect(url_for("shares.mine"))


BUTTONS: dict[str, Answer] = {
    "preview": preview,
    "back": take_back,
    "disclose": disclose,
    "share": share,
    "confirm": confirm,
    "copy": copy,
    "posted": posted,
}


def _copied(session: Session, press: Press) -> Share:
    item = _fresh(session, press)
    return copy_share(session, signed_in_person(), item, press.wish, press.at)


def _fresh(session: Session, press: Press) -> Item:
    """The item as it is inside this transaction: it may have left a moment ago."""
    found = item_with_parts(session, press.item.id)
    if found is None:
        raise NotFound
    return found


def _confirmation(
    press: Press, granted: Granted, *, counted: bool
) -> ResponseReturnValue:
    """The exact thing, once more, before it leaves."""
    form = replace(press.form, confirmed=seal(granted.confirmation, press.at))
    due = granted.due if granted.wish.wall_time else None
    return render_template(
        "shares/confirm.html",
        item=press.item,
        form=form,
        granted=granted,
        due=due,
        note=time_note(granted.due, press.form.at),
        whole_text=whole_text(press.item, granted.wish.text),
        card=shows_card(press.item),
        counted=counted,
        terms=our_terms(),
    )


def _refused(press: Press, errors: dict[str, str]) -> ResponseReturnValue:
    return item_page(press.item, press.connection, press.form, errors), 422
