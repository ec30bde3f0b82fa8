"""Taking the text along from the desk, to paste it on LinkedIn oneself."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.library.item_page import refused_page
from advocacy.library.press import Press, fresh_item
from advocacy.people.access import signed_in_person
from advocacy.shares.models import Share
from advocacy.shares.operations import copy_share, tell_posted
from advocacy.shares.page_parts import our_terms, too_much
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import WishRefused
from advocacy.shares.wishes import Terms
from advocacy.web.formats import number
from integrations.database import transaction


def copy(press: Press) -> ResponseReturnValue:
    """Show the text once more with its link, if LinkedIn will take the two together."""
    if errors := _too_long(press, our_terms(), pasted_link=True):
        return refused_page(press, errors)
    try:
        with transaction() as session:
            stored = _copied(session, press)
    except WishRefused as refused:
        return refused_page(press, by_place(refused.problems))
    return redirect(url_for("shares.text", public_id=stored.public_id))


def posted(press: Press) -> ResponseReturnValue:
    """ "I posted it", said on the item's own page; with or without our link."""
    if errors := _too_long(press, our_terms(), pasted_link=False):
        return refused_page(press, errors)
    try:
        with transaction() as session:
            tell_posted(session, _copied(session, press), None, press.at)
    except WishRefused as refused:
        return refused_page(press, by_place(refused.problems))
    flash(_("Noted. It is on your list, and nobody else sees it."))
    return redirect(url_for("shares.mine"))


def _copied(session: Session, press: Press) -> Share:
    item = fresh_item(session, press)
    return copy_share(session, signed_in_person(), item, press.wish, press.at)


def _too_long(press: Press, terms: Terms, *, pasted_link: bool) -> dict[str, str]:
    """Pasted text carries its link by itself, also where a card would have shown it."""
    linked = pasted_link and bool(press.item.link_address)
    over = too_much(press.form.text, terms, linked=linked)
    if over <= 0:
        return {}
    if linked:
        sentence = _(
            "%(over)s too many for LinkedIn, your link included. Shorten it a little.",
            over=number(over),
        )
    else:
        sentence = _(
            "%(over)s too many for LinkedIn. Shorten it a little.", over=number(over)
        )
    return {"text": sentence}
