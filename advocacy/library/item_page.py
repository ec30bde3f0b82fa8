"""Putting an item's page together, fresh or as it was sent back."""

from collections.abc import Mapping
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.accounts.queries import usable_account
from advocacy.consent.models import Purpose
from advocacy.consent.queries import is_on
from advocacy.library.press import Press
from advocacy.outside import LINKEDIN
from advocacy.people.access import signed_in_person
from advocacy.people.models import Person
from advocacy.shares.desk import Connection, Desk
from advocacy.shares.forms import ComposerForm
from advocacy.shares.holdups import holdup_of
from advocacy.shares.page_parts import our_terms, taken_but_for_more
from advocacy.shares.problem_words import SENTENCES
from advocacy.shares.reasons import Problem
from advocacy.shares.whose import Profile
from advocacy.web.formats import number
from advocacy.web.language import language
from advocacy.web.runtime import runtime
from content.items import Item


def connection_of(session: Session, person: Person, at: datetime) -> Connection:
    """Whether we may and can post for this person now."""
    allowed = is_on(session, person.id, Purpose.POST_FOR_ME)
    account = usable_account(session, person.id, LINKEDIN, at) if allowed else None
    if account is None:
        return Connection(allowed, connected=False)
    holdup = holdup_of(session, LINKEDIN, account, runtime().outside.networks, at)
    return Connection(
        allowed, connected=True, holdup=holdup, profile=Profile.of(account)
    )


def item_page(
    item: Item,
    connection: Connection,
    form: ComposerForm | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    may_ask_for_more: bool = False,
) -> str:
    """The page of an item; without a desk where it is only to be read."""
    desk = None
    if not item.read_only:
        desk = Desk(
            item=item,
            form=form or ComposerForm(),
            errors=dict(errors or {}),
            connection=connection,
            organisation=runtime().settings.organisation,
            terms=our_terms(),
            page_language=language(),
            may_ask_for_more=may_ask_for_more,
        )
        _say_how_much_too_long(desk)
    return render_template(
        "library/item.html", item=item, desk=desk, person=signed_in_person()
    )


def refused_page(press: Press, errors: Mapping[str, str]) -> ResponseReturnValue:
    """The item's page again with everything kept, and what stood in the way."""
    return item_page(press.item, press.connection, press.form, errors), 422


def page_of_a_taken_day(press: Press) -> ResponseReturnValue:
    """The same where a post about the story is on that day already: one may ask for more."""
    item, connection, form = press.item, press.connection, press.form
    errors = {"send": taken_but_for_more()}
    return item_page(item, connection, form, errors, may_ask_for_more=True), 422


def _say_how_much_too_long(desk: Desk) -> None:
    if desk.errors.get("text") == str(SENTENCES[Problem.TOO_LONG]) and desk.left < 0:
        desk.errors["text"] = _(
            "%(over)s too many for LinkedIn. Shorten it a little.",
            over=number(-desk.left),
        )
