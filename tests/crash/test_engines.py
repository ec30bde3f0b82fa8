"""The servers that installations bring along instead of the ones in our wheels.

Debian: apt-get install rabbitmq-server redis-server postgresql. What is not installed
is left out, and named.
"""

import pytest

from advocacy.migrations.running import upgrade
from advocacy.shares.models import ShareState
from integrations.database import connect, open_session
from tests.crash import engines
from tests.crash.conftest import Sharing
from tests.crash.processes import Place


@pytest.fixture
def server(tmp_path):
    """Start one by name; left out where it is not installed."""
    started = []

    def start(name):
        if engines.MISSING[name]:
            pytest.skip(f"{engines.MISSING[name]} is not installed")
        folder = tmp_path / name
        folder.mkdir()
        started.append(getattr(engines, f"{name}_server")(folder))
        return started[-1].address

    yield start
    for one in reversed(started):
        one.stop()


@pytest.fixture
def serve(tmp_path, server, _engine, sandbox, broker):
    """Two workers and a clock with the engines that are given."""
    places, opened = [], []

    def start(database_url, broker_url):
        opened.append(connect(database_url))
        addresses = (database_url, broker.address, sandbox.address)
        places.append(Place(tmp_path, *addresses, BROKER_URL=broker_url))
        for _twice in range(2):
            places[-1].worker()
        places[-1].clock()
        return Sharing(sandbox)

    yield start
    for place in places:
        place.stop()
    for engine in opened:
        engine.dispose()
    open_session.configure(bind=_engine)


def _all_are_posted_once(sharing, sandbox):
    shares = [sharing.due(f"Number {number}.") for number in range(8)]
    for share_id in shares:
        sharing.becomes(share_id, ShareState.PUBLISHED)
    assert sandbox.creates == 8
    assert len({post["text"] for post in sandbox.posts()}) == 8


@pytest.mark.parametrize("name", ["redis", "rabbitmq"])
def test_posts_go_out_once_over_another_broker(
    name, server, serve, database_url, sandbox
):
    _all_are_posted_once(serve(database_url, server(name)), sandbox)


def test_posts_go_out_once_with_a_database_server_over_tcp(
    server, serve, broker, sandbox
):
    address = server("postgres")
    upgrade(address)
    _all_are_posted_once(serve(address, broker.address), sandbox)
