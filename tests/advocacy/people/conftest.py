"""Colleagues with a password, and a browser to sign in with."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from advocacy.people.models import Person
from advocacy.people.operations import add_person, set_password
from advocacy.people.roles import Role

PASSWORD = "vier natte klei laarzen"

TrySignIn = Callable[..., TestResponse]


@pytest.fixture
def marit(session: Session) -> Person:
    person = add_person(session, name="Marit Hoekstra", email="marit@veenstroom.test")
    set_password(session, person, PASSWORD, "Veenstroom")
    session.commit()
    return person


@pytest.fixture
def suze(session: Session) -> Person:
    person = add_person(
        session,
        name="Suze Kramer",
        email="suze@veenstroom.test",
        roles=[Role.ADMINISTRATOR],
    )
    set_password(session, person, PASSWORD, "Veenstroom")
    session.commit()
    return person


@pytest.fixture
def try_sign_in(client: FlaskClient) -> TrySignIn:
    """Type something at the door, by default what is right for Marit."""

    def post(
        email: str = "marit@veenstroom.test",
        password: str = PASSWORD,
        address: str = "192.0.2.1",
        **more: str,
    ) -> TestResponse:
        return client.post(
            "/sign-in",
            data={"email": email, "password": password} | more,
            environ_base={"REMOTE_ADDR": address},
        )

    return post
