"""Who this request is for: Flask-Login's loader, and what every page knows about the
person.
"""

from typing import Any

from flask import Flask, g, request
from flask import session as cookie
from flask_login import LoginManager, current_user

from advocacy.people.access import SignedIn
from advocacy.people.queries import person_by_sign_in
from advocacy.people.roles import Permission
from advocacy.people.sign_ins import note_seen
from integrations.clock import now
from integrations.database import one_statement

# They are nobody's own, and asked for by the dozen.
WITHOUT_PERSON = frozenset({"static", "health.alive", "health.ready"})


def load_signed_in(token: str) -> SignedIn | None:
    """The person of a sign-in that still holds, read anew on every request: roles and
    leaving count at once.
    """
    if g.get("loading_failed"):
        # The database went away; the page that says so must not ask it again.
        return None
    g.loading_failed = True
    at = now()
    # Without a transaction, which a page would wait for twice more; and in a hurry: it is
    # the first thing a page asks, and a server that hangs must not hold it.
    with one_statement(hurried=True) as database:
        found = person_by_sign_in(database, token, at)
        if found is not None:
            note_seen(database, token, found[1], at)
    g.loading_failed = False
    return SignedIn(found[0], token) if found else None


def install(login_manager: LoginManager, app: Flask) -> None:
    """Load the person before each request, and give the pages what they need of
    them.
    """
    login_manager.user_loader(load_signed_in)
    # It would end sign-ins of people whose phone changes networks.
    login_manager.session_protection = None
    app.before_request(_greet)
    app.context_processor(_for_pages)


def _greet() -> None:
    if request.endpoint in WITHOUT_PERSON or not current_user.is_authenticated:
        return
    person = current_user.person
    g.person = person
    g.person_language = person.language
    g.person_time_zone = person.time_zone
    # For pages about what is refused before anybody is asked who it came from.
    if person.language and cookie.get("language") != person.language:
        cookie["language"] = person.language


def _for_pages() -> dict[str, Any]:
    person = g.get("person")
    may_curate = bool(person and Permission.CURATE in person.permissions)
    return {"person": person, "may_curate": may_curate}
