"""An editor, a colleague, topics, and forms filled in as people would."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.people.operations import add_person
from advocacy.people.roles import Role
from content.operations import put_topic
from tests.advocacy.signing_in import signed_in
from tests.content.samples import phone_picture

Form = dict[str, Any]


@pytest.fixture(autouse=True)
def _topics(session: Session) -> None:
    put_topic(session, "grid", "Room on the grid", "Ruimte op het net", 0)
    put_topic(session, "nature", "Nature", "Natuur", 1)
    session.commit()


@pytest.fixture
def femke(session: Session) -> Person:
    return add_person(
        session,
        name="Femke Noordhof",
        email="femke@veenstroom.test",
        roles=[Role.COMMUNICATIONS],
    )


@pytest.fixture
def ivo(session: Session) -> Person:
    return add_person(session, name="Ivo Terpstra", email="ivo@veenstroom.test")


@pytest.fixture
def editor(client: FlaskClient, session: Session, femke: Person) -> FlaskClient:
    return signed_in(client, session, femke, "en")


@pytest.fixture
def as_colleague(app: Any, session: Session, ivo: Person) -> Callable[[], FlaskClient]:
    """A browser of somebody without the role, beside the editor's."""
    return lambda: signed_in(app.test_client(), session, ivo, "en")


def filled(**others: Any) -> Form:
    """A link item that can be published; `others` replaces single fields."""
    return {
        "kind": "link",
        "link": "https://veenstroom.example/news/street-battery",
        "card_title": "",
        "card_text": "",
        "title": "The first street battery earns its place",
        "why": "Half a year in Molenwijk, and what went wrong in the first month.",
        "goal": "Room on the grid by 2030",
        "language": "en",
        "captions_text": "",
        "captions_language": "en",
        "transcript": "",
        "angle": ["expert", "team", "personal"],
        "wording_language": ["en", "en", "nl"],
        "wording": [
            "We promised 15 percent off the evening peak. It became 11. 🔋",
            "Six months, two storms and one blown fuse later: it stays.",
            "Ik fiets er elke ochtend langs. Sinds mei staat er een kast.",
        ],
        "disclosure_en": "I work at Veenstroom.",
        "disclosure_nl": "Ik werk bij Veenstroom.",
        "topic": ["grid"],
        "appears": "",
        "leaves": "",
        "do": "publish",
    } | others


def picture_file(data: bytes | None = None, name: str = "phone.jpg") -> Any:
    """A file as a form carries it."""
    return (BytesIO(phone_picture() if data is None else data), name)
