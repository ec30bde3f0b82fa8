"""A colleague who answers, in code and in a browser."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from advocacy.config import Settings
from advocacy.people.models import Person
from advocacy.people.operations import add_person

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


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
