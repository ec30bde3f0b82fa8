"""Another time, other words or another audience for a planned post: confirmed anew."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.accounts.queries import account_of, usable_account
from advocacy.errors import NotFound, TooLate
from advocacy.hooks import Holdup
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.people.speaking import language_pressed
from advocacy.shares import changes, disclosure
from advocacy.shares.checking import Asked
from advocacy.shares.desk import Connection, Desk
from advocacy.shares.forms import ComposerForm
from advocacy.shares.going_back import back_to_list, if_in_time, say_confirmed
from advocacy.shares.meanwhile_words import meanwhile
from advocacy.shares.models import Share, ShareState
from advocacy.shares.own_share import own_share
from advocacy.shares.page_parts import our_terms, post_of, taken, time_note
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import Problem, WishRefused
from advocacy.shares.schedule import (
    BadTime,
    beyond,
    read_wall_time,
    resolve,
    zone_of,
)
from advocacy.shares.shown_plan import shown_post, standing_of, unseen
from advocacy.shares.storing import AlreadyShared
from advocacy.web.language import language, time_zone
from advocacy.web.runtime import runtime
from content.queries import item_with_parts
from integrations.clock import now
from integrations.database import transaction

# Buttons of the writing desk that help with the text and store nothing.
HELPERS = {"preview", "disclose", "back"}
# In the page's memory of what it has said: a time that is none.
NOW = "now"
MAY_CHANGE = {ShareState.SCHEDULED, ShareState.MISSED, ShareState.NEEDS_RECONNECT}


@requires(Permission.SHARE)
@if_in_time
def time_page(public_id: str) -> ResponseReturnValue:
    """What is planned, ready to be changed."""
    share = _changeable(public_id)
    return _time_page(share, ComposerForm.of(share, time_zone()))


@requires(Permission.SHARE)
@if_in_time
def change_time(public_id: str) -> ResponseReturnValue:
    """Confirm other words or another time; the old confirmation is void."""
    share, form = _changeable(public_id), ComposerForm.read(request.form)
    if language_pressed() or request.form.get("do") in HELPERS:
        return _time_page(share, _helped(share, form))
    note = _note_on(form.at, share.network) if form.at else _note_on_now(share)
    if note and request.form.get("noted") != (form.at or NOW):
        return _time_page(share, form, note=note)
    person, terms = signed_in_person(), our_terms()
    try:
        with transaction() as session:
            mine = own_share(session, public_id)
            wish = replace(form.wish(mine.item, time_zone()), item_epoch=None)
            asked = Asked(person, mine.item, wish, now())
            changes.reschedule(session, mine, asked, terms)
            # Exactly what the post on the screen shows leaves, and nothing else.
            standing = standing_of(session, mine)
            shown = shown_post(mine, form, terms, standing)
            new = unseen(request.form.get("shown", ""), shown, standing)
            if new:
                session.rollback()
    except WishRefused as refused:
        errors, may_allow = _refused(refused.problems)
        return _time_page(share, form, errors, may_allow=may_allow), 422
    except AlreadyShared:
        return _time_page(share, form, {"at": taken()}), 422
    if new:
        return _time_page(_changeable(public_id), form, note=new)
    say_confirmed(mine)
    return back_to_list()


def _refused(problems: Mapping[str, Problem]) -> tuple[dict[str, str], bool]:
    """Sentences by place, and whether What I allow helps: the plan stays as it was."""
    errors, may_allow = by_place(problems), "account" in problems
    if may_allow:
        errors["send"] = _(
            "LinkedIn is not connected, so the change is not stored, and the post stays"
            " as it was. Connect again under What I allow, in a tab of its own, and then"
            " press once more here."
        )
    return errors, may_allow


def _helped(share: Share, form: ComposerForm) -> ComposerForm:
    """What a helper of the desk makes of the text; any other button only looks."""
    pressed = request.form.get("do")
    if pressed == "back":
        return form.taken_back()
    if pressed != "disclose":
        return form
    organisation = runtime().settings.organisation
    text = disclosure.opened(form.text, share.item, organisation, language())
    return replace(form, text=text)


def _changeable(public_id: str) -> Share:
    with transaction() as session:
        share = own_share(session, public_id)
    if share.state not in MAY_CHANGE:
        raise TooLate
    return share


def _note_on(wall_time: str, network: str) -> str:
    """What must be said about a time before it is saved (reliability.md 2.8, 2.9)."""
    person = signed_in_person()
    try:
        due = resolve(read_wall_time(wall_time), zone_of(time_zone()))
    except BadTime:
        return ""
    with transaction() as session:
        account = account_of(session, person.id, network)
    ends = account.lasts_until if account else None
    return time_note(beyond(due, ends), wall_time)


def _note_on_now(share: Share) -> str:
    """An emptied time is easily a mistake, and then there is a minute to see it."""
    if not share.wall_time:
        return ""
    seconds = runtime().settings.hold_seconds
    return _(
        "Without a time it leaves now: %(seconds)s seconds after you press.",
        seconds=seconds,
    )


def _time_page(
    share: Share,
    form: ComposerForm,
    errors: Mapping[str, str] | None = None,
    note: str = "",
    *,
    may_allow: bool = False,
) -> str:
    terms = our_terms()
    with transaction() as session:
        standing = standing_of(session, share)
    post = post_of(share)
    return render_template(
        "shares/time.html",
        share=share,
        meanwhile=_meanwhile(share, post["holdup"]),
        form=form,
        desk=_desk(share, form, errors or {}),
        note=note,
        noted=(form.at or NOW) if note else "",
        shown_post=shown_post(share, form, terms, standing),
        spread=runtime().settings.spread_minutes,
        errors=errors or {},
        may_allow=may_allow,
        **post,
    )


def _meanwhile(share: Share, holdup: Holdup | None) -> str:
    with transaction() as session:
        account = usable_account(session, share.person_id, share.network, now())
    spread = timedelta(minutes=runtime().settings.spread_minutes)
    return meanwhile(share, now(), holdup, spread) if account else ""


def _desk(share: Share, form: ComposerForm, errors: Mapping[str, str]) -> Desk:
    """The composer's own count, checks and list of names, for a text that is there."""
    with transaction() as session:
        item = item_with_parts(session, share.item_id)
    if item is None:  # rows of items stay as long as shares point to them
        raise NotFound
    return Desk(
        item=item,
        form=form,
        errors=dict(errors),
        connection=Connection(allowed=True, connected=True),
        organisation=runtime().settings.organisation,
        terms=our_terms(),
        page_language=language(),
    )
