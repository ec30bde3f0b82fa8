"""Being somebody in a test's browser, as after signing in."""

from collections.abc import Callable

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.people.sign_ins import start_sign_in
from integrations.clock import now
from integrations.database import transaction

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


def cookie_of(person_id: int, secret_key: str) -> str:
    """The session's cookie of somebody who signed in, for a process of its own."""
    with transaction() as session:
        token = start_sign_in(session, session.get_one(Person, person_id), now())
    app = Flask("cookie")
    app.secret_key = secret_key
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": token}))
