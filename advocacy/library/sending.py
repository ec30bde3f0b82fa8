"""The two ways to send from the desk. What cannot go comes back with 422, all kept."""

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.errors import NotFound
from advocacy.library.item_page import item_page
from advocacy.library.press import Press
from advocacy.people.access import signed_in_person
from advocacy.shares.checking import Asked, Granted, check_wish
from advocacy.shares.confirmation import seal
from advocacy.shares.drafting import shows_card
from advocacy.shares.models import Share
from advocacy.shares.operations import copy_share, queue_share, tell_posted
from advocacy.shares.page_parts import our_terms, taken, time_note, whole_text
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import WishRefused
from advocacy.shares.storing import AlreadyShared
from advocacy.web.formats import weekday_and_time
from content.items import Item
from content.queries import item_with_parts
from integrations.database import transaction


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
