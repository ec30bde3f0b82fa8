"""Back to the list after a press, also when the share had moved on by itself."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import TooLate
from advocacy.shares.models import Share
from advocacy.shares.page_parts import planned_time
from advocacy.shares.pausing import paused_networks
from advocacy.shares.used_up import networks_used_up
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction

Args = ParamSpec("Args")
View = Callable[Args, ResponseReturnValue]


def back_to_list() -> ResponseReturnValue:
    """The list, with what happened above it."""
    return redirect(url_for("shares.mine"))


# A notice of this kind is over with the hold: `hold.js` takes it away then.
HELD = "hold"


def say_confirmed(share: Share) -> None:
    """Tell that it is stored, and until when it can be stopped."""
    if share.wall_time:
        when = planned_time(share)
        flash(
            _("Planned for %(when)s. You can change it until then.", when=when), "wait"
        )
        return
    parts, names = runtime(), [share.network]
    with transaction() as session:
        networks, whose = parts.outside.networks, share.person_id
        waits = paused_networks(session, names) or networks_used_up(
            session, whose, names, networks, now()
        )
    if waits:
        flash(_("Confirmed."), "wait")  # the list itself says the rest
    else:
        words = _("Confirmed. Your post leaves in a moment, and you can still undo it.")
        flash(words, HELD)


def if_in_time(view: View[Args]) -> View[Args]:
    """Answer a press that came too late with the list as it is, not with an error."""

    @wraps(view)
    def tried(*args: Args.args, **kwargs: Args.kwargs) -> ResponseReturnValue:
        try:
            return view(*args, **kwargs)
        except TooLate:
            words = _("That had changed in the meantime. This is how it stands now.")
            flash(words, "unsure")
            return back_to_list()

    return tried
