"""Back to the list after a press; also when the share had moved on by itself, unless that
would lose what was typed.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import ParamSpec

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import NotFound, TooLate
from advocacy.shares.models import Share
from advocacy.shares.page_parts import holdup_for, planned_time

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
    elif holdup_for(share):
        flash(_("Confirmed."), "wait")  # the list itself says the rest
    else:
        words = _("Confirmed. Your post leaves in a moment, and you can still undo it.")
        flash(words, HELD)


# The boxes of forms about a share: what stands in them is stored nowhere else.
BOXES = ("text", "address")


def if_in_time(view: View[Args]) -> View[Args]:
    """Answer a press that came too late with how it stands, not with an error.

    With all that was typed where there is any; then also where the share is gone.
    """

    @wraps(view)
    def tried(*args: Args.args, **kwargs: Args.kwargs) -> ResponseReturnValue:
        typed = {name: sent for name in BOXES if (sent := _sent(name))}
        try:
            return view(*args, **kwargs)
        except TooLate:
            if typed:
                return _kept(typed, gone=False), 422
            words = _("That had changed in the meantime. This is how it stands now.")
            flash(words, "unsure")
            return back_to_list()
        except NotFound as error:
            if typed:
                return _kept(typed, gone=True), error.status
            raise

    return tried


def _sent(box: str) -> str:
    typed = request.form.get(box, "")
    return typed if typed.strip() else ""


def _kept(typed: Mapping[str, str], *, gone: bool) -> str:
    if gone:
        sentence = _(
            "It is no longer on your list. What you typed is not stored and not sent. It is"
            " kept below."
        )
    else:
        sentence = _(
            "It left, was stopped or changed in some other way before you pressed. What you"
            " typed is not stored and not sent. It is kept below."
        )
    return render_template("shares/gone_on.html", sentence=sentence, typed=typed)
