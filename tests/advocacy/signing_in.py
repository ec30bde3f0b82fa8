"""Being somebody in a test's browser, as after signing in."""

from collections.abc import Callable

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.people.sign_ins import start_sign_in
from integrations.clock import now

BrowserOf = Callable[[Person], FlaskClient]


def signed_in(
    client: FlaskClient, session: Session, person: Person, language: str = ""
) -> FlaskClient:
    """The same browser; with a language if pages are not to ask the browser for one."""
    token = start_sign_in(session, person, now())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        if language:
            cookie["language"] = language
    return client
