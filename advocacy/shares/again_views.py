"""The same text once more: for a post that is not there, or that was too late."""

from collections.abc import Mapping

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import TooLate
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.shares import changes, operations
from advocacy.shares.going_back import back_to_list, if_in_time, say_confirmed
from advocacy.shares.models import Share, ShareState
from advocacy.shares.own_share import own_share
from advocacy.shares.page_parts import our_terms, post_of, taken
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import WishRefused
from advocacy.shares.storing import AlreadyShared
from integrations.clock import now
from integrations.database import transaction

MAY_REPEAT = {ShareState.MISSED, ShareState.UNCERTAIN}


@requires(Permission.SHARE)
@if_in_time
def again_page(public_id: str) -> ResponseReturnValue:
    """The same text once more, before it leaves; or why it cannot."""
    share, terms = _repeatable(public_id), our_terms()
    person = signed_in_person()
    try:
        with transaction() as session:
            mine = own_share(session, public_id)
            changes.check_again(session, mine, person, mine.item, now(), terms=terms)
    except (WishRefused, AlreadyShared) as error:
        return _refused_page(share, error)
    return _again_page(share)


@requires(Permission.SHARE)
@if_in_time
def again(public_id: str) -> ResponseReturnValue:
    """Confirm it again: it waits through a new hold."""
    share, person = _repeatable(public_id), signed_in_person()
    terms = our_terms()
    try:
        with transaction() as session:
            mine = own_share(session, public_id)
            changes.send_again(session, mine, person, mine.item, now(), terms=terms)
    except (WishRefused, AlreadyShared) as error:
        return _refused_page(share, error), 422
    say_confirmed(mine)
    return back_to_list()


@requires(Permission.SHARE)
@if_in_time
def leave(public_id: str) -> ResponseReturnValue:
    """Do not send it after all."""
    with transaction() as session:
        mine = own_share(session, public_id)
        if mine.state is ShareState.UNCERTAIN:
            changes.answer_uncertain(session, mine, there=False, at=now())
        else:
            operations.undo(session, mine, now())
    flash(_("Left as it is. Nothing was sent again."))
    return back_to_list()


def _repeatable(public_id: str) -> Share:
    with transaction() as session:
        share = own_share(session, public_id)
    if share.state not in MAY_REPEAT:
        raise TooLate
    return share


def _refused_page(share: Share, error: WishRefused | AlreadyShared) -> str:
    """Without anything to confirm: pressed again, it would be refused again."""
    problems = error.problems if isinstance(error, WishRefused) else {}
    errors = by_place(problems) or {"send": taken()}
    return _again_page(share, errors, may_allow="account" in problems)


def _again_page(
    share: Share,
    errors: Mapping[str, str] | None = None,
    *,
    may_allow: bool = False,
) -> str:
    return render_template(
        "shares/again.html",
        share=share,
        doubt=share.state is ShareState.UNCERTAIN,
        terms=our_terms(),
        errors=errors or {},
        may_allow=may_allow,
        **post_of(share),
    )
