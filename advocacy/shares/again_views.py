"""The same text once more: for a post that is not there, or that was too late."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import flash, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import TooLate
from advocacy.hooks import Holdup
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.shares import changes, operations
from advocacy.shares.as_seen import Seen, hold_as_seen, last_attempt
from advocacy.shares.going_back import back_to_list, if_in_time, say_confirmed
from advocacy.shares.models import Share, ShareState
from advocacy.shares.own_share import own_share
from advocacy.shares.page_parts import our_terms, post_of, taken
from advocacy.shares.problem_words import by_place
from advocacy.shares.reasons import Problem, WishRefused
from advocacy.shares.storing import AlreadyShared
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction

MAY_REPEAT = {ShareState.MISSED, ShareState.UNCERTAIN}


@requires(Permission.SHARE)
@if_in_time
def again_page(public_id: str) -> ResponseReturnValue:
    """The same text once more, before it leaves; or why it cannot."""
    return _page(public_id)


@requires(Permission.SHARE)
@if_in_time
def again(public_id: str) -> ResponseReturnValue:
    """Confirm it again: it waits through a new hold."""
    _repeatable(public_id)
    terms, person, seen = our_terms(), signed_in_person(), Seen.read(request.form)
    try:
        with transaction() as session:
            mine = own_share(session, public_id)
            asked = changes.the_same_again(mine, person, mine.item, now(), seen)
            changes.send_again(session, mine, asked, terms)
    except (WishRefused, AlreadyShared) as error:
        return _page(public_id, error), 422
    say_confirmed(mine)
    return back_to_list()


@requires(Permission.SHARE)
@if_in_time
def leave(public_id: str) -> ResponseReturnValue:
    """Do not send it after all."""
    with transaction() as session:
        mine = own_share(session, public_id)
        if mine.state is ShareState.UNCERTAIN:
            hold_as_seen(session, mine, Seen.read(request.form))
            changes.answer_uncertain(session, mine, there=False, at=now())
        else:
            operations.undo(session, mine, now())
    flash(_("Left as it is. Nothing was sent again."))
    return back_to_list()


def _page(public_id: str, refused: WishRefused | AlreadyShared | None = None) -> str:
    """The post as it would leave now, with what stood in a press's way if one was made.

    Where nothing can be confirmed there is no button: it would be refused again.
    """
    share, seen, hindered = _look(public_id)
    if hindered is not None:
        problems = _problems(hindered)
        errors = by_place(problems) or {"send": taken()}
        return _again_page(share, seen, errors, may_allow="account" in problems)
    said = by_place(_problems(refused)).values()
    return _again_page(share, seen, changed=list(said))


def _problems(refused: WishRefused | AlreadyShared | None) -> Mapping[str, Problem]:
    return refused.problems if isinstance(refused, WishRefused) else {}


def _look(public_id: str) -> tuple[Share, Seen, WishRefused | AlreadyShared | None]:
    """The share; what proves later that it was on the screen; why it cannot be sent."""
    share_id = _repeatable(public_id).id
    terms, person, at = our_terms(), signed_in_person(), now()
    with transaction() as session:
        # Before the rest: should it be tried in this moment, the press is refused.
        seen = Seen(last_attempt(session, share_id))
        mine = own_share(session, public_id)
        asked = changes.the_same_again(mine, person, mine.item, at)
        try:
            granted = changes.check_again(session, mine, asked, terms)
        except (WishRefused, AlreadyShared) as error:
            return mine, seen, error
    return mine, replace(seen, sealed=granted.sealed(at)), None


def _repeatable(public_id: str) -> Share:
    with transaction() as session:
        share = own_share(session, public_id)
    if share.state not in MAY_REPEAT:
        raise TooLate
    return share


def _again_page(
    share: Share,
    seen: Seen,
    errors: Mapping[str, str] | None = None,
    changed: Sequence[str] = (),
    *,
    may_allow: bool = False,
) -> str:
    doubt = share.state is ShareState.UNCERTAIN
    post = post_of(share)
    return render_template(
        "shares/again.html",
        share=share,
        doubt=doubt,
        heading=_("Send it again?") if doubt else _("Send it now?"),
        lede=_lede(post["holdup"]),
        confirm=_("Confirm and send again") if doubt else _("Confirm and send"),
        errors=errors or {},
        seen=seen,
        changed=[*changed, *_changed_since(share)],
        may_allow=may_allow,
        **post,
    )


def _changed_since(share: Share) -> list[str]:
    """What its owner may not expect, as the words are still the same."""
    if share.content_epoch == share.item.epoch:
        return []
    return [
        _("The editors changed the story since you shared it. Look at it once more.")
    ]


def _lede(holdup: Holdup | None) -> str:
    if holdup:
        return _(
            "Exactly this leaves, and nothing else. You can cancel it until it leaves."
        )
    return _(
        "Exactly this leaves, and nothing else. After you confirm, it waits %(seconds)s"
        " seconds in which you can undo it.",
        seconds=runtime().settings.hold_seconds,
    )
