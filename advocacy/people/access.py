"""Who is signed in, and what each route demands. Every route carries one of the two
marks.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import UserMixin, current_user

from advocacy.errors import N_, NotAllowed, NotFound
from advocacy.people.coming_back import page_to_return_to
from advocacy.people.models import Person
from advocacy.people.roles import Permission
from advocacy.web.kept_text import kept_text_page, text_sent

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])


class SignedIn(UserMixin):
    """What Flask-Login carries through a request: the person and the sign-in it came
    by.
    """

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.token = token

    def get_id(self) -> str:
        """The random token of this sign-in, never a person's number."""
        return self.token


def signed_in_person() -> Person:
    """The person of this request; only inside routes marked with `requires`."""
    return cast("Person", current_user.person)


def person_or_none() -> Person | None:
    """The person of this request, if somebody is signed in."""
    return current_user.person if current_user.is_authenticated else None


def requires(
    permission: Permission, *, come_back: bool = True, told_of: bool = True
) -> Callable[[View], View]:
    """Let only people with this permission in; others sign in first, or get 403.

    `come_back=False` is for addresses that carry a secret: they are not taken along.
    `told_of=False` is for pages that others do not hear of: they get what they would
    get if there were none.
    """

    def mark(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return to_sign_in(come_back=come_back)
            if permission not in signed_in_person().permissions:
                if not told_of:
                    raise NotFound
                raise NotAllowed(N_("This page is for colleagues with another role."))
            return view(*args, **kwargs)

        guarded.access = permission  # type: ignore[attr-defined]
        return cast("View", guarded)

    return mark


def open_to_all(view: View) -> View:
    """Say in so many words that a route needs nobody to be signed in."""
    view.access = None  # type: ignore[attr-defined]
    return view


def to_sign_in(*, come_back: bool = True) -> ResponseReturnValue:
    """To the door, and back here afterwards; what was typed is not lost."""
    if request.method == "POST" and text_sent():
        # A redirect would lose it: a browser sends no form along to the door.
        back = page_to_return_to("") if come_back else ""
        door = url_for("people.sign_in", next=back or None)
        return kept_text_page(401, _("You are signed out"), door=door)
    flash(_("Please sign in first."), "wait")
    take_along = come_back and request.method == "GET"
    onward = request.full_path.rstrip("?") if take_along else None
    return redirect(url_for("people.sign_in", next=onward))
