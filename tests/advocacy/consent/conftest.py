"""A colleague who answers, in code and in a browser."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from advocacy.config import Settings
from advocacy.people.models import Person
from advocacy.people.operations import add_person, start_sign_in
from integrations.clock import now

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

BrowserOf = Callable[[Person], FlaskClient]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Every purpose is offered: there is an app for figures too."""
    own = {"linkedin_figures_client_id": "f", "linkedin_figures_client_secret": "s"}
    return replace(settings, **own)


@pytest.fixture
def ivo(session: Session) -> Person:
    person = add_person(session, name="Ivo Terpstra", email="ivo@veenstroom.test")
    session.commit()
    return person


@pytest.fixture
def marit(session: Session) -> Person:
    person = add_person(session, name="Marit Hoekstra", email="marit@veenstroom.test")
    session.commit()
    return person


@pytest.fixture
def browser_of(app: Flask, session: Session) -> BrowserOf:
    """A browser in which somebody is signed in."""

    def open_browser(person: Person) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = start_sign_in(session, person, now())
        session.commit()
        return client

    return open_browser
