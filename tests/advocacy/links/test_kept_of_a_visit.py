"""What is kept of a visit, seen by the application, or logged: next to nothing."""

from sqlalchemy import create_engine, select, text
from werkzeug.test import Client

from advocacy.links.fast_path import PREFIX, FastPath
from advocacy.links.models import ClickDay
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.links.visiting import CHROME, visit


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
