"""A library with any number of items, and somebody who is signed in to read it."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import Engine, text

from advocacy.people.models import Person
from advocacy.people.sign_ins import start_sign_in
from bench.planting import repeat, settle
from content.media import Media, MediaKind
from content.topics import Topic
from content.wordings import Angle, Wording
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import make_item, make_person

TOPICS = 12
WORDINGS = 3  # an item
FIRST = "(SELECT min(id) FROM item)"


def fill(engine: Engine, items: int) -> None:
    """So many, one a minute, each with a picture, a topic and three wordings."""
    with transaction() as session:
        first = make_item(session, search_text="tower 41 stands").id
        session.add_all(_parts(first))
    with engine.begin() as connection:
        changed = {
            "title": "'Story number ' || n",
            "search_text": "'story number ' || n || ' heat cable ' || n % 97",
            "offered_at": "now() - n * interval '1 minute'",
        }
        repeat(connection, "item", items - 1, changed)
        numbered = {
            "slug": "'topic-' || n",
            "name_en": "'Topic ' || n",
            "position": "n",
        }
        repeat(connection, "topic", TOPICS - 1, numbered)
        said = {"item_id": f"{FIRST} + n / {WORDINGS}"}
        repeat(connection, "wording", items * WORDINGS - 1, said)
        public_id = "substr(md5(n::text), 1, 16)"
        picture = {"item_id": f"{FIRST} + n", "public_id": public_id}
        repeat(connection, "media", items - 1, picture)
        connection.execute(
            text(
                "INSERT INTO item_topic (item_id, topic_id) SELECT item.id, topic.id"
                " FROM item JOIN topic ON item.id % :topics = topic.position"
            ),
            {"topics": TOPICS},
        )
    settle(engine)


def _parts(item_id: int) -> list[Topic | Wording | Media]:
    """Of the first item; their files are never opened."""
    return [
        Topic(slug="topic-0", name_en="Topic 0", name_nl="Onderwerp 0"),
        Wording(item_id=item_id, angle=Angle.TEAM, language="en", text="We did it."),
        Media(
            item_id=item_id,
            kind=MediaKind.PICTURE,
            stored_name="none.jpg",
            content_type="image/jpeg",
            width=1280,
            height=853,
            size_bytes=1,
            sha256="0" * 64,
            alt="A row of pylons at sunrise",
            copy_640="none-640.webp",
            copy_1280="none-1280.webp",
        ),
    ]


def signed_in(secret_key: str, person_id: int | None = None) -> str:
    """Sign somebody in; what their browser sends as Cookie."""
    with transaction() as session:
        person = (
            session.get_one(Person, person_id) if person_id else make_person(session)
        )
        token = start_sign_in(session, person, now())
    app = Flask("cookie")
    app.secret_key = secret_key
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    # As after the first page: its forms have a token then.
    kept = {"_user_id": token, "_fresh": True, "csrf_token": "0" * 40}
    return f"session={signer.dumps(kept)}"
