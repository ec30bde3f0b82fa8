"""What one presses on My shares: stop, settle a doubt, take off the list, delete."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from advocacy.errors import TooLate
from advocacy.outside import network_name
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.shares import changes, operations, taking_back, taking_off
from advocacy.shares.as_seen import Seen, hold_as_seen
from advocacy.shares.deleting import (
    CannotTakeDown,
    deletable_id,
    deletable_shares,
    take_down,
    wants_deleting,
)
from advocacy.shares.going_back import back_to_list, if_in_time
from advocacy.shares.models import Share
from advocacy.shares.own_share import own_share
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction
from integrations.errors import AccessExpired, ProviderError


@requires(Permission.SHARE)
@if_in_time
def undo(public_id: str) -> ResponseReturnValue:
    """Stop what has not been sent."""
    with transaction() as session:
        operations.undo(session, own_share(session, public_id), now())
    flash(_("Undone. Nothing was sent."))
    return back_to_list()


@requires(Permission.SHARE)
@if_in_time
def stop(public_id: str) -> ResponseReturnValue:
    """It is being sent: delete it when it is there."""
    with transaction() as session:
        share = own_share(session, public_id)
        hold_as_seen(session, share, Seen.read(request.form))
        changes.stop_sending(session, share)
    flash(
        _(
            "If %(network)s takes it, we delete it there within a minute.",
            network=network_name(share.network),
        )
    )
    return back_to_list()


@requires(Permission.SHARE)
@if_in_time
def there(public_id: str) -> ResponseReturnValue:
    """ "It is there": the doubt is over."""
    with transaction() as session:
        share = own_share(session, public_id)
        hold_as_seen(session, share, Seen.read(request.form))
        changes.answer_uncertain(session, share, there=True, at=now())
    network = network_name(share.network)
    if wants_deleting(share):
        flash(
            _(
                "Noted: it is on %(network)s. Say where, and you can delete it at once.",
                network=network,
            )
        )
        return redirect(url_for("shares.address_page", public_id=public_id))
    flash(
        _(
            "Noted: it is on %(network)s. You can add its address below.",
            network=network,
        )
    )
    return back_to_list()


@requires(Permission.SHARE)
@if_in_time
def take_back(public_id: str) -> ResponseReturnValue:
    """ "It is there" was said by mistake: it is asked again."""
    with transaction() as session:
        share = own_share(session, public_id)
        hold_as_seen(session, share, Seen.read(request.form))
        taking_back.take_back(session, share, request.form.get("post") or None)
    flash(
        _(
            "Taken back. Look on %(network)s, and tell us whether it is there.",
            network=network_name(share.network),
        )
    )
    return back_to_list()


@requires(Permission.SHARE)
@if_in_time
def take_off(public_id: str) -> ResponseReturnValue:
    """Forget a share that only its owner's word put on the list, or that is over."""
    with transaction() as session:
        said = _taken_off(session, own_share(session, public_id))
    flash(said)
    return back_to_list()


def _taken_off(session: Session, share: Share) -> str:
    """Take it off, and say what is left of it."""
    network = network_name(share.network)
    if share.state not in taking_off.REMOVABLE:
        operations.take_off_list(session, share)
        return _(
            "Taken off your list. What is on %(network)s stays there.", network=network
        )
    if taking_off.was_tried(session, share):
        taking_off.put_away(session, share)
        return _(
            "Taken off your list. Should %(network)s say later that it is there after"
            " all, it comes back.",
            network=network,
        )
    taking_off.remove(session, share)
    return _("Taken off your list. Its text is no longer kept.")


@requires(Permission.SHARE)
@if_in_time
def delete_page(public_id: str) -> ResponseReturnValue:
    """The question before something final."""
    share = _deletable(public_id)
    with transaction() as session:
        held = share.id in deletable_shares(session, share.person_id)
    if not held:
        return _only_there(share)
    return render_template("shares/delete.html", share=share, post=deletable_id(share))


@requires(Permission.SHARE)
@if_in_time
def delete(public_id: str) -> ResponseReturnValue:
    """Take the post off its network."""
    share = _deletable(public_id)
    if request.form.get("post") != deletable_id(share):
        raise TooLate  # its owner gave another address meanwhile
    network = network_name(share.network)
    try:
        take_down(share.id, runtime().outside)
    except (CannotTakeDown, AccessExpired):
        return _only_there(share)
    except ProviderError:
        flash(
            _(
                "%(network)s did not delete it just now. The post is still there. Try"
                " again later.",
                network=network,
            ),
            "bad",
        )
    else:
        flash(_("Deleted from %(network)s.", network=network))
    return back_to_list()


def _only_there(share: Share) -> ResponseReturnValue:
    flash(
        _(
            "We may no longer delete it for you. Open it on %(network)s and delete it"
            " there.",
            network=network_name(share.network),
        ),
        "bad",
    )
    return back_to_list()


def _deletable(public_id: str) -> Share:
    """A share whose post is on the network, by an id that is known. Raises TooLate."""
    with transaction() as session:
        share = own_share(session, public_id)
    if deletable_id(share) is None:
        raise TooLate
    return share
