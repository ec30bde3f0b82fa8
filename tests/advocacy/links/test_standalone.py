"""The `links` process, started as granian starts it."""

import pytest

from advocacy.links.models import Outcome
from advocacy.links.standalone import create_links_rsgi
from tests.advocacy.links.visiting import Site, client_of
from tests.refusing import Refusing


@pytest.fixture
def environment(monkeypatch, links_environment):
    for name, value in links_environment.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def links(environment):
    served = create_links_rsgi()
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
    assert client_of(links).get(path).status_code == 404


def test_without_a_database_it_is_up_and_not_ready(environment, database_url):
    environment.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    links = create_links_rsgi()
    client = client_of(links)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503
    assert client.get("/l/AAAAAAAAAAA").status_code == 503
    links.cache.engine.dispose()


def test_while_the_database_takes_no_changes_links_lead_on_and_visits_are_kept(
    links, link
):
    site = Site(links)
    with Refusing(links.cache.engine):
        assert site.visit(link.code).status_code == 302
        assert site.client.get("/readyz").status_code == 200
        assert links.counter.spool.count() == 1
