"""An item and people to make links for, and a visitor of such a link."""

import pytest
from flask import Flask
from sqlalchemy import create_engine
from werkzeug.test import Client

from advocacy.links.fast_path import FastPath
from advocacy.links.operations import link_for
from advocacy.links.views import blueprint
from advocacy.people.models import Person
from advocacy.web import headers, health, language
from content.items import Item, ItemKind
from integrations.database import transaction
from tests.advocacy.links.visiting import TARGET


@pytest.fixture
def item(session):
    return add_item(session)


@pytest.fixture
def person(session):
    return add_person(session, "marit@veenstroom.example")


@pytest.fixture
def application(settings, pytestconfig):
    """Flask with the pages that concern strangers, and nothing else of the house."""
    root = pytestconfig.rootpath
    app = Flask(
        "advocacy", root_path=root / "advocacy", template_folder=root / "templates"
    )
    app.jinja_env.globals["organisation"] = settings.organisation
    language.install(app, settings)
    headers.install(app, settings)
    app.register_blueprint(blueprint)
    app.register_blueprint(health.blueprint)
    return app


@pytest.fixture
def fast_path(application, database_url):
    fast_path = FastPath(application, create_engine(database_url))
    yield fast_path
    fast_path.counter.close()
    fast_path.known.engine.dispose()


@pytest.fixture
def visitor(fast_path):
    return Client(fast_path)


@pytest.fixture
def link(database_url):
    with transaction() as session:
        return link_for(session, add_item(session).id, TARGET, None)


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
