"""Somebody in a browser, and stories to read and share."""

import pytest
from sqlalchemy import select

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give
from advocacy.shares.models import Share
from content.items import ItemKind
from content.topics import Topic
from content.wordings import Angle, Wording
from integrations.clock import now
from tests.advocacy.library.desk import Desk
from tests.advocacy.shares.making import connect_account, make_item, make_person

TEAM = "Forty-one towers, fourteen crews. 2,300 homes can now get off the waiting list."
EXPERT = "Six years of congestion came down to one number: 380 amps."
PERSON = "My neighbour’s daughter waited four years for a house."
TEAM_NL = "Eenenveertig masten, veertien ploegen. 2.300 woningen kunnen van de lijst."


@pytest.fixture
def me(session):
    """Somebody who lets us post and has connected an account."""
    person = make_person(session)
    connect_account(session, person)
    session.commit()
    return person


@pytest.fixture
def newcomer(session):
    """Somebody who allowed nothing and connected nothing."""
    person = make_person(session, consent=False)
    session.commit()
    return person


@pytest.fixture
def reader(browser_of, me):
    return browser_of(me)


@pytest.fixture
def topic(session):
    topic = Topic(slug="grid", name_en="Room on the grid", name_nl="Ruimte op het net")
    session.add(topic)
    session.commit()
    return topic


@pytest.fixture
def story(session, topic):
    """A link with three ways in, one of them in Dutch too."""
    item = make_item(session, ItemKind.LINK, goal="Room by 2030")
    texts = [
        (Angle.EXPERT, "en", EXPERT),
        (Angle.TEAM, "en", TEAM),
        (Angle.PERSONAL, "en", PERSON),
        (Angle.TEAM, "nl", TEAM_NL),
    ]
    for position, (angle, language, text) in enumerate(texts):
        session.add(
            Wording(
                item_id=item.id,
                angle=angle,
                language=language,
                text=text,
                position=position,
            )
        )
    session.flush()
    session.refresh(item, ["topics"])
    item.topics.append(topic)
    session.commit()
    return item


@pytest.fixture
def desk(reader, story):
    """The writing desk of the story, in the browser of somebody connected."""
    return Desk(reader, story)


@pytest.fixture
def count_my_clicks(session, me):
    give(session, me, Purpose.COUNT_MY_CLICKS, "en", "a test", now())
    session.commit()


@pytest.fixture
def stored(session):
    """The shares in the database, read anew each time."""

    def read():
        session.expire_all()
        return session.scalars(select(Share).order_by(Share.id)).all()

    return read
