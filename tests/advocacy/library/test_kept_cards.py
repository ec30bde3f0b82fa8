"""Cards are drawn once and kept; nobody gets what was drawn for somebody else, or before."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import event

from advocacy.app import create_app
from content.wordings import Angle, Wording
from integrations.clock import clock_at
from integrations.database import open_session
from integrations.patient_connection import PatientConnection
from tests.advocacy.library.pictures import add_picture
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_item, make_person
from tests.advocacy.signing_in import signed_in
from tests.conftest import make_settings

TEMPLATES = Path(__file__).parents[3] / "templates"
LATE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # in Amsterdam it is another year


def test_a_card_that_was_changed_is_shown_as_it_is_now(reader, session, topic):
    item = make_item(session, title="Before")
    session.commit()
    assert "Before" in words(reader.get("/"))
    item.title = "After"
    session.refresh(item, ["topics"])
    item.topics.append(topic)
    session.add(Wording(item_id=item.id, angle=Angle.TEAM, language="en", text="One."))
    session.commit()
    said = words(reader.get("/"))
    assert "Before" not in said
    assert "Room on the grid After" in said
    assert "1 wording" in said
    topic.name_en = "Another name"
    add_picture(session, item, alt="New", copy_640="6" * 32 + ".webp")
    session.commit()
    page = reader.get("/")
    assert "Another name After" in words(page)
    assert "640w" in page.get_data(as_text=True)


@pytest.mark.parametrize(
    ("language", "zone", "until"),
    [
        ("nl", "Europe/Amsterdam", "tot 1 januari 2027"),
        ("en", "Europe/London", "until 31 December "),
    ],
)
def test_each_reader_gets_the_own_language_and_clock(
    session, story, me, newcomer, browser_of, language, zone, until
):
    story.expires_at = LATE
    newcomer.language, newcomer.time_zone = language, zone
    session.commit()
    with clock_at(LATE.replace(day=1)):
        first, second = browser_of(me), browser_of(newcomer)
        for _again in range(2):
            assert "until 1 January 2027" in words(first.get("/"))
            assert until in words(second.get("/")) + " "
            assert newcomer.name in words(second.get("/"))
            assert newcomer.name not in words(first.get("/"))


def test_the_year_is_said_as_soon_as_it_is_another(reader, session, story):
    story.expires_at = datetime(2027, 3, 1, 12, tzinfo=UTC)
    session.commit()
    with clock_at(datetime(2026, 12, 31, 12, tzinfo=UTC)):
        assert _until(reader, session) == "until 1 March 2027"
    with clock_at(datetime(2027, 1, 1, 12, tzinfo=UTC)):
        assert _until(reader, session) == "until 1 March"


def _until(reader, session):
    signed_in(reader, session, make_person(session))
    return re.search(r"until 1 March(?: \d+)?", words(reader.get("/")))[0]


def test_what_is_searched_for_is_not_kept_in_the_links_of_another(reader, story):
    first = reader.get("/?q=zebra").get_data(as_text=True)
    assert "q=zebra&amp;topic=grid" in first
    assert "zebra" not in reader.get("/").get_data(as_text=True)


def test_nothing_of_one_reader_stands_in_a_part_that_is_kept():
    """Kept parts come from files that speak of no person, request, form or nonce."""
    pages = {path: path.read_text() for path in TEMPLATES.rglob("*.html")}
    kept = {
        name
        for text in pages.values()
        for name in re.findall(r"\bkept(?:_page)?\((\w+)", text)
    }
    assert {"card", "lead", "masthead", "shelves"} <= kept
    for path, text in pages.items():
        if any(f"macro {name}(" in text for name in kept):
            found = re.search(
                r"\b(csrf_token|csp_nonce|get_flashed_messages|request|session|g|person)\b(?!['\"])",
                re.sub(r"{#.*?#}", "", text, flags=re.DOTALL),
            )
            assert found is None, (path.name, found)


def test_no_name_is_taken_for_a_place_in_the_masthead(
    app, session, me, browser_of, monkeypatch
):
    monkeypatch.setitem(app.jinja_env.globals, "organisation", "100 %(token)s & Co")
    me.name = "Ann %(back)s <Li>"
    session.commit()
    page = browser_of(me).get("/").get_data(as_text=True)
    assert '<a class="wordmark" href="/">100 %(token)s &amp; Co <span>' in page
    assert '<span class="account-name">Ann %(back)s &lt;Li&gt;</span>' in page


@pytest.fixture
def served(database_url, valkey, tmp_path, monkeypatch):
    """A browser at an application that really commits, and the pages' connections."""
    monkeypatch.setattr("advocacy.app.ASK_AFTER", 60)  # however slow the machine is
    settings = make_settings(database_url, valkey.address, tmp_path / "data")
    app = create_app(settings)
    with open_session.begin() as session:
        for number in range(5):
            add_picture(session, make_item(session, title=f"No. {number}"))
        person = make_person(session)
    browser = app.test_client()
    with open_session() as session:
        signed_in(browser, session, person)
    engine = app.extensions["advocacy"].outside.engine
    yield browser, engine
    engine.dispose()


def test_a_page_asks_the_database_twice_and_waits_no_more(served, monkeypatch):
    browser, engine = served
    asked, waited = [], []

    def note(*told):
        asked.append(told[2])

    def wait(connection, exchange, *rest):
        return patient(connection, _noting(exchange, waited, connection), *rest)

    browser.get("/")
    event.listen(engine, "before_cursor_execute", note)
    patient = PatientConnection.wait
    monkeypatch.setattr(PatientConnection, "wait", wait)
    assert browser.get("/").status_code == 200
    assert len(asked) == 2
    assert waited == ["in a hurry", ""]  # a server that hangs holds no page


def _noting(exchange, waited, connection):
    """The same exchange with the server; notes whether there was anything to wait for."""
    try:
        ready = yield next(exchange)
        waited.append("in a hurry" if connection.hurried else "")
        while True:
            ready = yield exchange.send(ready)
    except StopIteration as end:
        return end.value
