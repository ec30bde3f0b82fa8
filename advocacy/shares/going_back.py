"""Back to the list after a press, also when the share had moved on by itself."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import TooLate

Args = ParamSpec("Args")
View = Callable[Args, ResponseReturnValue]


def back_to_list() -> ResponseReturnValue:
    """The list, with what happened above it."""
    return redirect(url_for("shares.mine"))


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
