"""What a visitor of a tracked link gets, and what is kept of it."""

import re

import pytest
from flask import Flask
from sqlalchemy import create_engine, select, text
from werkzeug.test import Client

from advocacy.links.fast_path import PREFIX, FastPath
from advocacy.links.models import ClickDay, Outcome
from advocacy.links.operations import freeze_links, link_for
from advocacy.links.views import blueprint
from advocacy.web import headers, health, language
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.links.agents import BOTS, PEOPLE
from tests.advocacy.links.conftest import add_item, add_person

TARGET = "https://veenstroom.example/cable?x=1#map"
CHROME = PEOPLE["Chrome on Windows"]


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


def visit(visitor, code, agent=CHROME, method="GET", **headers):
    return visitor.open(
        PREFIX + code,
        method=method,
        headers={"User-Agent": agent, **headers},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )


def counted(fast_path):
    fast_path.counter.close()
    with transaction() as session:
        return dict(session.execute(select(ClickDay.outcome, ClickDay.visits)).all())


def test_a_visitor_is_sent_on_and_counted_once(fast_path, visitor, link):
    answers = [visit(visitor, link.code) for _ in range(3)]
    for answer in answers:
        assert answer.status_code == 302
        assert answer.location == (
            "https://veenstroom.example/cable?x=1&utm_source=linkedin"
            f"&utm_medium=employee&utm_campaign={link.item_id}#map"
        )
        assert dict(answer.headers) == {
            "Location": answer.location,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
            "Content-Length": "0",
        }
    assert counted(fast_path) == {Outcome.COUNTED: 1, Outcome.AGAIN: 2}


def test_the_visit_is_stored_before_the_answer(visitor, link):
    visit(visitor, link.code)
    with transaction() as session:
        assert session.scalar(select(ClickDay.visits)) == 1


def test_only_code_day_and_outcome_are_kept(visitor, link):
    visit(visitor, link.code)
    with transaction() as session:
        row = session.execute(text("SELECT * FROM click_day")).mappings().one()
    assert dict(row) == {
        "code": link.code,
        "day": now().date(),
        "outcome": "counted",
        "visits": 1,
    }


def test_links_of_different_people_lead_to_the_very_same_address(visitor, database_url):
    with transaction() as session:
        item_id = add_item(session).id
        people = [add_person(session, f"p{n}@x.example").id for n in range(2)]
        codes = [
            link_for(session, item_id, TARGET, one).code for one in [*people, None]
        ]
    addresses = {visit(visitor, code).location for code in codes}
    assert len(addresses) == 1
    assert not any(code in addresses.pop() for code in codes if addresses)


def test_a_program_is_sent_on_uncounted(fast_path, visitor, link):
    """LinkedIn's crawler must see the page, or the post gets no card."""
    answer = visit(visitor, link.code, agent=BOTS["LinkedIn's own crawler"])
    assert answer.status_code == 302
    assert counted(fast_path) == {Outcome.BOT: 1}


def test_a_page_loaded_ahead_is_refused_so_that_the_real_visit_counts(
    fast_path, visitor, link
):
    early = visit(visitor, link.code, **{"Sec-Purpose": "prefetch;prerender"})
    assert (early.status_code, early.headers["Cache-Control"]) == (503, "no-store")
    assert "Location" not in early.headers
    assert visit(visitor, link.code).status_code == 302
    assert counted(fast_path) == {Outcome.PREFETCH: 1, Outcome.COUNTED: 1}


def test_asking_for_the_headers_only_counts_nothing(fast_path, visitor, link):
    answer = visit(visitor, link.code, method="HEAD")
    assert (answer.status_code, answer.data) == (302, b"")
    assert counted(fast_path) == {}


def test_asking_for_the_methods_tells_nothing_of_a_link(fast_path, visitor, link):
    real, unknown = (
        visit(visitor, code, method="OPTIONS") for code in (link.code, "AAAAAAAAAAA")
    )
    assert real.status_code == unknown.status_code == 204
    assert dict(real.headers) == dict(unknown.headers)
    assert counted(fast_path) == {}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_alike(fast_path, visitor, link, method):
    real, unknown = (
        visit(visitor, code, method=method) for code in (link.code, "AAAAAAAAAAA")
    )
    assert real.status_code == unknown.status_code == 405
    assert dict(real.headers) == dict(unknown.headers)
    assert counted(fast_path) == {}


def _without_nonce(answer):
    page = re.sub(r'nonce="[^"]*"', "", answer.text)
    headers = {k: v for k, v in answer.headers if k != "Content-Security-Policy"}
    return answer.status_code, page, headers


def test_unknown_and_misspelt_links_get_the_same_page(visitor, link):
    odd = ["AAAAAAAAAAA", "", "+", "stats", "é", "a/b", "x" * 500, "%00", "..", "later"]
    odd += [link.code + end for end in ("+", "/", "/stats", ".json", "x", " ")]
    odd += [link.code[:-1], link.code.swapcase() + "="]
    pages = [_without_nonce(visit(visitor, code)) for code in odd]
    assert all(page == pages[0] for page in pages)
    status, page, headers = pages[0]
    assert status == 404
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "no-store"
    assert "This link leads nowhere any more" in page
    assert "sign-in" not in page


def test_the_neutral_page_speaks_the_readers_language(visitor):
    answer = visit(visitor, "AAAAAAAAAAA", **{"Accept-Language": "nl"})
    assert '<html lang="nl"' in answer.text


def test_a_question_in_the_address_changes_nothing(visitor, link):
    answer = visitor.get(
        f"{PREFIX}{link.code}?url=https://evil.example/",
        headers={"User-Agent": CHROME},
    )
    assert answer.location.startswith("https://veenstroom.example/cable?x=1&utm_")


def test_a_frozen_link_leads_on_uncounted(fast_path, visitor, database_url):
    with transaction() as session:
        person = add_person(session, "p@x.example")
        link = link_for(session, add_item(session).id, TARGET, person.id)
    visit(visitor, link.code)  # the process now knows the link by heart
    with transaction() as session:
        freeze_links(session, person.id, "P3", now())
    assert visit(visitor, link.code, agent=CHROME + " again").status_code == 302
    fresh = FastPath(fast_path.application, fast_path.known.engine)
    assert visit(Client(fresh), link.code).status_code == 302
    fresh.counter.close()
    assert counted(fast_path) == {}


def test_flask_never_sees_code_cookie_or_referer(database_url):
    seen = []

    def application(environ, start):
        seen.append(environ)
        start("404 Not Found", [])
        return ()

    engine = create_engine(database_url)
    secret = "QQQQQQQQQQQ"
    Client(FastPath(application, engine)).get(
        f"{PREFIX}{secret}?{secret}",
        headers={"Cookie": f"session={secret}", "Referer": f"https://x/{secret}"},
        environ_overrides={"RAW_URI": secret, "REQUEST_URI": secret},
    )
    engine.dispose()
    (environ,) = seen
    assert environ["PATH_INFO"] == PREFIX
    held = {name: value for name, value in environ.items() if secret in str(value)}
    assert held == {}


def test_nothing_of_a_visit_is_logged(visitor, link, caplog, capfd):
    caplog.set_level("DEBUG", "advocacy")
    for agent in (CHROME, "curl/8"):
        visit(visitor, link.code, agent=agent)
        visit(visitor, "AAAAAAAAAAA", agent=agent)
    told = capfd.readouterr()
    text_ = caplog.text + told.out + told.err
    for secret in (link.code, "AAAAAAAAAAA", "192.0.2.7", CHROME):
        assert secret not in text_


def test_everything_else_goes_to_the_application(visitor):
    assert visitor.get("/healthz").json == {"ok": True}
    assert visitor.get("/lists").status_code == 404


class TestWithoutADatabase:
    """A server that was there, and is not any more."""

    @pytest.fixture
    def gone(self, fast_path):
        away = create_engine("postgresql+psycopg://x@127.0.0.1:1/none")

        def leave():
            fast_path.known.engine = away
            fast_path.counter.line.engine = away
            fast_path.counter.line.close()

        yield leave
        away.dispose()

    def test_links_it_knows_still_lead_on(self, fast_path, visitor, link, gone):
        fast_path.known.seconds = 0  # what it knows is always too old
        visit(visitor, link.code)
        gone()
        other = visit(visitor, link.code, agent=PEOPLE["Firefox on Linux"])
        assert other.status_code == 302

    def test_other_links_get_a_friendly_503(self, visitor, link, gone):
        gone()
        answer = visit(visitor, link.code, Cookie="session=anything")
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "This link is out for a moment" in answer.text

    def test_what_cannot_be_a_code_needs_no_database(self, visitor, gone):
        gone()
        assert visit(visitor, "nonsense").status_code == 404


def test_a_remembered_link_is_asked_for_again_after_a_while(visitor, fast_path, link):
    asked = []
    look_up = fast_path.known.look_up
    fast_path.known.look_up = lambda code: (asked.append(code), look_up(code))[1]
    visit(visitor, link.code)
    visit(visitor, link.code)
    assert len(asked) == 1
    fast_path.known.remembered[link.code] = (
        0.0,
        fast_path.known.remembered[link.code][1],
    )
    visit(visitor, link.code)
    assert len(asked) == 2


def test_the_least_used_link_is_forgotten_first(visitor, fast_path, database_url):
    fast_path.known.most = 2
    with transaction() as session:
        item_id = add_item(session).id
        codes = [
            link_for(session, item_id, f"{TARGET}{n}", None).code for n in range(3)
        ]
    for code in (codes[0], codes[1], codes[0], codes[2], "AAAAAAAAAAA"):
        visit(visitor, code)
    assert set(fast_path.known.remembered) == {codes[0], codes[2]}
