"""Signing a browser in and out: a new session each time, so that no old one can be
ridden.
"""

from flask import session as cookie
from flask_login import current_user, login_user, logout_user
from sqlalchemy.orm import Session

from advocacy.people.access import SignedIn
from advocacy.people.models import Person
from advocacy.people.sign_ins import end_sign_in, start_sign_in
from integrations.clock import now

# What an anonymous visitor chose may stay; everything else of the old session goes.
KEPT = ("language",)


def sign_in(session: Session, person: Person) -> None:
    """Sign this browser in as `person`, and whoever it was signed in as before out."""
    sign_out(session)
    login_user(SignedIn(person, start_sign_in(session, person, now())))


def sign_out(session: Session) -> None:
    """End this browser's sign-in on the server too: a copied cookie is worthless
    afterwards.
    """
    if current_user.is_authenticated:
        end_sign_in(session, current_user.token)
        logout_user()
    kept = {name: cookie[name] for name in KEPT if name in cookie}
    cookie.clear()
    cookie.update(kept)
