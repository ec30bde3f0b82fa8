"""Posting from the desk, through the account. What cannot go comes back, all kept."""

from dataclasses import replace

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.hooks import Holdup
from advocacy.library.item_page import page_of_a_taken_day, refused_page
from advocacy.library.press import Press, fresh_item
from advocacy.people.access import signed_in_person
from advocacy.shares.checking import Asked, Granted, check_wish
from advocacy.shares.drafting import shows_card
from advocacy.shares.going_back import back_to_list, say_confirmed
from advocacy.shares.named import seal_of
from advocacy.shares.operations import queue_share
from advocacy.shares.page_parts import (
    our_terms,
    pictures_left_out,
    time_note,
    whole_text,
)
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import Problem, WishRefused
from advocacy.shares.storing import AlreadyShared
from advocacy.shares.whose import Profile, another_one, profile_of
from advocacy.shares.wishes import Terms
from integrations.database import transaction


def share(press: Press) -> ResponseReturnValue:
    """Post through the account: at once where the page showed exactly this, else ask."""
    asked = Asked(signed_in_person(), press.item, press.wish, press.at)
    terms = our_terms()
    try:
        with transaction() as session:
            granted = check_wish(session, asked, terms)
            counted = is_on(session, asked.person.id, Purpose.COUNT_MY_CLICKS)
            profile = profile_of(session, asked.person.id, asked.wish.network)
    except WishRefused as refused:
        return refused_page(press, by_place(refused.problems))
    if granted.beside and not (granted.same or press.form.beside):
        return page_of_a_taken_day(press)
    # A time that the clock skips or repeats was not on the screen as it will be; nor was
    # that the connection ends before it.
    due, changed = granted.due, _changed(press, terms, profile)
    seen = press.form.live and due.note is None and not due.beyond_access
    if seen and not changed:
        # Should anything of it change before it is stored, it is looked at once more.
        form = replace(press.form, confirmed=granted.sealed(press.at))
        return _queue(replace(press, form=form), terms)
    return _confirmation(press, granted, terms, changed, counted=counted)


def one_more(press: Press) -> ResponseReturnValue:
    """Post it beside another one about the story that day, after one more look at it."""
    return share(replace(press, form=replace(press.form, beside=1, live=False)))


def confirm(press: Press) -> ResponseReturnValue:
    """What the confirmation page showed: only its seal proves that it was seen."""
    if not press.form.confirmed:
        unseen = WishRefused({"confirmation": Problem.CONFIRMATION_VOID})
        return refused_page(press, by_place(unseen.problems))
    return _queue(press, our_terms())


def _changed(press: Press, terms: Terms, profile: Profile) -> list[str]:
    """What the page did not show as it is now."""
    other = press.form.profile != profile.member_hash
    said = another_one(profile) if other else "", _named_anew(press, terms)
    return [one for one in said if one]


def _named_anew(press: Press, terms: Terms) -> str:
    """What must be said where a live preview may have named somebody else, or nobody."""
    same = press.form.mentions == seal_of(terms.mentions)
    if same or not press.form.live or "@" not in press.wish.text:
        return ""
    return _(
        "The editors changed the list of organisations to mention while you were writing."
        " Look once more whom your text names."
    )


def _queue(press: Press, terms: Terms) -> ResponseReturnValue:
    """Store the confirmed share; pressed twice it is the same one."""
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
        return page_of_a_taken_day(press)
    if stored.created_at < press.at:
        flash(_("You had shared this already. Nothing was sent twice."), "wait")
    else:
        say_confirmed(stored)
    return back_to_list()


def _confirmation(
    press: Press, granted: Granted, terms: Terms, changed: list[str], *, counted: bool
) -> ResponseReturnValue:
    """The exact thing, once more, before it leaves."""
    beside = 0 if granted.same else len(granted.beside)
    form = replace(press.form, confirmed=granted.sealed(press.at), beside=beside)
    due = granted.due if granted.wish.wall_time else None
    return render_template(
        "shares/confirm.html",
        item=press.item,
        form=form,
        granted=granted,
        due=due,
        note=time_note(granted.due, press.form.at),
        changed=changed,
        whole_text=whole_text(press.item, granted.wish.text),
        card=shows_card(press.item),
        left_out=pictures_left_out(press.item, terms),
        counted=counted,
        terms=terms,
        holdup=_holdup(press, planned=due is not None),
    )


def _holdup(press: Press, *, planned: bool) -> Holdup | None:
    """What keeps it from leaving; the calls of today are nothing to what is planned."""
    holdup = press.connection.holdup
    return None if planned and holdup and not holdup.paused else holdup
