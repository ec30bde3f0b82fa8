"""An item and people to make links for, a visitor of such a link, a writer of visits."""

import base64

import pytest
from redis import Redis
from sqlalchemy import create_engine

from advocacy.links.click_writer import ClickWriter
from advocacy.links.fast_path import FastPath
from advocacy.links.neutral_page import draw
from advocacy.links.operations import link_for
from advocacy.links.spool import Spool
from advocacy.people.models import Person
from advocacy.web import health
from advocacy.web.bodies import Bodies
from advocacy.web.rsgi import Bridge
from advocacy.web.small_app import small_app
from content.items import Item, ItemKind
from integrations import memory_server
from integrations.database import transaction
from integrations.local_services import LocalValkey
from tests.advocacy.links.plain_route import PlainRoute
from tests.advocacy.links.threads import LONG
from tests.advocacy.links.visiting import TARGET, Site, client_of

NOBODY_THERE = "postgresql+psycopg://postgres@127.0.0.1:1/none"


@pytest.fixture
def item(session):
    return add_item(session)


@pytest.fixture
def person(session):
    return add_person(session, "marit@veenstroom.example")


@pytest.fixture
def pages(settings):
    return draw(settings)


@pytest.fixture
def application(settings):
    """Flask with the checks, and nothing else of the house."""
    app = small_app(settings)
    app.register_blueprint(health.blueprint)
    return Bridge(app, Bodies(largest=0, most_held=0))


@pytest.fixture
def hops():
    """Reverse proxies in front; a test may say otherwise."""
    return 0


@pytest.fixture
def fast_path(application, pages, hops, database_url, spool):
    engine = create_engine(database_url)
    counter = ClickWriter(engine, spool)
    fast_path = FastPath(application, engine, pages, counter, hops=hops)
    yield fast_path
    fast_path.counter.close()
    engine.dispose()


@pytest.fixture
def visitor(fast_path):
    return client_of(fast_path)


@pytest.fixture
def plain_route(settings, hops, database_url):
    return PlainRoute(settings, hops)


@pytest.fixture(params=["fast_path", "plain_route"])
def site(request):
    """The service as its visitors know it: once as it is, once as plainly as possible."""
    return Site(request.getfixturevalue(request.param))


@pytest.fixture
def link(database_url):
    with transaction() as session:
        return link_for(session, add_item(session).id, TARGET, None)


@pytest.fixture
def code(link):
    return link.code


@pytest.fixture
def engine(database_url):
    engine = create_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def away():
    engine = create_engine(NOBODY_THERE)
    yield engine
    engine.dispose()


@pytest.fixture
def server(monkeypatch):
    """A Valkey of this test's own, which it may stop or spoil; it may also be slow."""
    monkeypatch.setattr(memory_server, "PATIENCE_SECONDS", LONG)
    server = LocalValkey()
    yield server
    server.child.kill()  # one that was told to write to a disk takes its time to end
    server.stop()


@pytest.fixture
def redis(server):
    client = Redis(unix_socket_path=str(server.socket))
    yield client
    client.close()


@pytest.fixture
def links_environment(database_url, tmp_path):
    """What a process that serves only links is told."""
    return {
        "DATABASE_URL": database_url,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "BASE_URL": "http://localhost",
        "SECRET_KEY": "a-secret-key-for-tests-only-of-length-40",
        "TOKEN_KEYS": f"k1:{base64.b64encode(bytes(32)).decode()}",
        "DATA_FOLDER": str(tmp_path),
        "ORGANISATION": "Veenstroom",
        "PROXY_HOPS": "1",
    }


@pytest.fixture
def spool(tmp_path):
    return Spool(tmp_path)


@pytest.fixture
def writer(engine, spool):
    writer = ClickWriter(engine, spool)
    yield writer
    writer.close(LONG)


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
