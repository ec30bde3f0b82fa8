"""Posting from the desk, through the account. What cannot go comes back, all kept."""

from dataclasses import replace

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.library.item_page import refused_page
from advocacy.library.press import Press, fresh_item
from advocacy.people.access import signed_in_person
from advocacy.shares.checking import Asked, Granted, check_wish
from advocacy.shares.confirmation import seal
from advocacy.shares.drafting import shows_card
from advocacy.shares.going_back import back_to_list, say_confirmed
from advocacy.shares.operations import queue_share
from advocacy.shares.page_parts import (
    our_terms,
    pictures_left_out,
    taken,
    time_note,
    whole_text,
)
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import Problem, WishRefused
from advocacy.shares.storing import AlreadyShared
from integrations.database import transaction


def share(press: Press) -> ResponseReturnValue:
    """Post through the account: at once where the page showed exactly this, else ask."""
    asked = Asked(signed_in_person(), press.item, press.wish, press.at)
    terms = our_terms()
    try:
        with transaction() as session:
            granted = check_wish(session, asked, terms)
            counted = is_on(session, asked.person.id, Purpose.COUNT_MY_CLICKS)
    except WishRefused as refused:
        return refused_page(press, by_place(refused.problems))
    # A time that the clock skips or repeats was not on the screen as it will be; nor was
    # that the connection ends before it.
    due = granted.due
    if press.form.live and due.note is None and not due.beyond_access:
        return _queue(press)
    return _confirmation(press, granted, counted=counted)


def confirm(press: Press) -> ResponseReturnValue:
    """What the confirmation page showed: only its seal proves that it was seen."""
    if not press.form.confirmed:
        unseen = WishRefused({"confirmation": Problem.CONFIRMATION_VOID})
        return refused_page(press, by_place(unseen.problems))
    return _queue(press)


def _queue(press: Press) -> ResponseReturnValue:
    """Store the confirmed share; pressed twice it is the same one."""
    terms = our_terms()
    try:
        with transaction() as session:
            stored = queue_share(
                session,
                signed_in_person(),
                fresh_item(session, press),
                press.wish,
                press.at,
                terms=terms,
            )
    except WishRefused as refused:
        return refused_page(press, by_place(refused.problems))
    except AlreadyShared:
        return refused_page(press, {"send": taken()})
    if stored.created_at < press.at:
        flash(_("You had shared this already. Nothing was sent twice."), "wait")
    else:
        say_confirmed(stored)
    return back_to_list()


def _confirmation(
    press: Press, granted: Granted, *, counted: bool
) -> ResponseReturnValue:
    """The exact thing, once more, before it leaves."""
    form = replace(press.form, confirmed=seal(granted.confirmation, press.at))
    due = granted.due if granted.wish.wall_time else None
    terms = our_terms()
    return render_template(
        "shares/confirm.html",
        item=press.item,
        form=form,
        granted=granted,
        due=due,
        note=time_note(granted.due, press.form.at),
        whole_text=whole_text(press.item, granted.wish.text),
        card=shows_card(press.item),
        left_out=pictures_left_out(press.item, terms),
        counted=counted,
        terms=terms,
        paused=press.connection.paused,
        goes_on_at=press.connection.goes_on_at,
    )
