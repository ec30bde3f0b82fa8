"""Two hundred slow clients of each kind hold nobody up, with the settings that are shipped."""

import socket
from contextlib import ExitStack

import pytest

from integrations.database import transaction
from integrations.files import Files
from tests.advocacy.library.pictures import add_film
from tests.advocacy.shares.making import make_person
from tests.advocacy.web.raw import answer, ask, connect, request
from tests.advocacy.web.served import serving

pytestmark = pytest.mark.timeout(240)

MANY = 200
FILM = bytes(range(256)) * 120_000  # 30 MB: more than any buffer on the way
NO_LINK = "/l/AAAAAAAAAAA"
HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow"
SMALL = 4096  # bytes that a slow reader takes at first


@pytest.fixture
def served(kind, tmp_path, database_url, valkey):
    with serving(kind, tmp_path, database_url, valkey.address) as server:
        yield server


@pytest.fixture
def slow():
    """What is opened on it is closed at the end of the test."""
    with ExitStack() as stack:
        yield stack


def form(path, length=1000):
    """The beginning of a form; the rest does not come."""
    return request(path, method="POST", body=b"a=", length=length)


def page(server, path, cookie=""):
    """As somebody asks who is not slow."""
    headers = [f"Cookie: {cookie}"] if cookie else []
    return ask(server.port, request(path, *headers, "Connection: close")).status


def film_of(server):
    """The address of a film of 30 MB that everybody may see."""
    files = Files(server.child.log.parents[1] / "media")
    with transaction() as session:
        media = add_film(session, files, FILM)
    return f"/media/{media.public_id}/full"


@pytest.mark.parametrize("kind", ["web", "demo"])
def test_pages_and_links_are_served_beside_slow_clients(served, slow):
    with transaction() as session:
        person = make_person(session)
    cookie = served.cookie(person)
    film = film_of(served)
    for _each in range(MANY):
        slow.enter_context(connect(served.port, HALF_A_HEAD))
    wanted = request(film, f"Cookie: {cookie}")
    readers = [
        slow.enter_context(connect(served.port, wanted, window=SMALL))
        for _ in range(MANY)
    ]
    assert all(b"200 OK" in reader.recv(50) for reader in readers)
    half = [
        slow.enter_context(connect(served.port, form("/sign-in"))) for _ in range(MANY)
    ]

    for _each in range(3):
        assert page(served, "/healthz") == 200
        assert page(served, "/", cookie) == 200
        assert page(served, NO_LINK) == 404
        assert ask(served.port, form(NO_LINK)).status == 405  # its rest is not awaited
        assert page(served, film, cookie) == 200
    # They were slow all that time, and are served when they go on.
    half[-1].sendall(b"x" * 998)
    assert answer(half[-1]).status == 400  # a form of nothing
    assert rest_of(readers[-1]).endswith(FILM[-1000:])


def rest_of(line: socket.socket) -> bytes:
    """All that is still to come of an answer with our film."""
    taken = b""
    while len(taken) < len(FILM):
        taken += line.recv(1_000_000)
    return taken


@pytest.mark.parametrize("kind", ["links"])
def test_links_are_served_beside_slow_clients(served, slow):
    for _each in range(MANY):
        slow.enter_context(connect(served.port, HALF_A_HEAD))
        for path in (NO_LINK, "/elsewhere"):
            slow.enter_context(connect(served.port, form(path)))
        slow.enter_context(connect(served.port, request(NO_LINK), window=SMALL))
    for _each in range(5):
        assert page(served, "/healthz") == 200
        assert page(served, NO_LINK) == 404
