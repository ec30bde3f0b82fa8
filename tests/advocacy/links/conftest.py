"""An item and people to make links for."""

import pytest

from advocacy.people.models import Person
from content.items import Item, ItemKind


@pytest.fixture
def item(session):
    return add_item(session)


@pytest.fixture
def person(session):
    return add_person(session, "marit@veenstroom.example")


def add_item(session):
    item = Item(
        kind=ItemKind.LINK,
        title="A cable under the river",
        why="It shows how we work.",
        language="en",
        link_address="https://veenstroom.example/cable",
    )
    session.add(item)
    session.flush()
    return item


def add_person(session, email):
    person = Person(name="Marit Dijkgraaf", email=email)
    session.add(person)
    session.flush()
    return person
