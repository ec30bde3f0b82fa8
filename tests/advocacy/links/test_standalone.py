"""The `links` process, started as granian starts it."""

import base64

import pytest
from werkzeug.test import Client

from advocacy.links.models import Outcome
from advocacy.links.standalone import create_links_wsgi
from tests.advocacy.links.visiting import Site


@pytest.fixture
def environment(monkeypatch, database_url, tmp_path):
    told = {
        "DATABASE_URL": database_url,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "BASE_URL": "http://localhost",
        "SECRET_KEY": "a-secret-key-for-tests-only-of-length-40",
        "TOKEN_KEYS": f"k1:{base64.b64encode(bytes(32)).decode()}",
        "DATA_FOLDER": str(tmp_path),
        "ORGANISATION": "Veenstroom",
        "PROXY_HOPS": "1",
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def links(environment):
    served = create_links_wsgi()
    yield served
    served.counter.close()
    served.cache.engine.dispose()


def test_it_answers_links_and_says_how_it_is(links, link):
    site = Site(links)
    for visitor in ("203.0.113.5", "203.0.113.6"):
        answer = site.visit(link.code, **{"X-Forwarded-For": visitor})
        assert answer.status_code == 302
    assert "Veenstroom" in site.visit("odd").text
    assert site.client.get("/healthz").json == {"ok": True}
    assert site.client.get("/readyz").json == {"ok": True}
    assert site.counted() == {Outcome.COUNTED: 2}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/shares", "/l", "/reach"])
def test_it_has_no_page_of_the_rest(links, path):
    assert Client(links).get(path).status_code == 404


def test_without_a_database_it_is_up_and_not_ready(environment, database_url):
    environment.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    links = create_links_wsgi()
    client = Client(links)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/l/AAAAAAAAAAA").status_code == 503
    links.cache.engine.dispose()
