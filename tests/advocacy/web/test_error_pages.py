"""Errors: a page in the person's language, with what was kept and what to do."""

import json
from contextlib import redirect_stderr
from io import StringIO

import pytest
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from advocacy.errors import NotAllowed, NotFound, TooLate
from advocacy.people.errors import WeakPassword
from advocacy.people.operations import add_person
from advocacy.web.wsgi_environ import REFUSED
from tests.advocacy.signing_in import signed_in

SECRET = "a text that nobody may read in a log"


def _raising(app, error):
    def view():
        raise error

    view.access = None
    app.add_url_rule("/broken", "broken", view)
    app.config["PROPAGATE_EXCEPTIONS"] = False


@pytest.mark.parametrize(
    ("language", "title"),
    [
        ("en", "We found no page at this address"),
        ("nl", "We vonden op dit adres geen pagina"),
    ],
)
def test_an_unknown_address_gets_a_page_in_the_readers_language(
    client, language, title
):
    answer = client.get("/nowhere", headers={"Accept-Language": language})
    assert answer.status_code == 404
    assert f'<h1 class="empty-title">{title}</h1>' in answer.text
    assert f'<html lang="{language}"' in answer.text


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotFound(), 404), (NotAllowed("For others."), 403), (TooLate(), 409)],
)
def test_a_foreseen_error_has_its_status_and_sentence(app, error, status):
    _raising(app, error)
    answer = app.test_client().get("/broken")
    assert answer.status_code == status
    if error.args and error.args[0]:
        assert str(error.args[0]) in answer.text


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (TooLate(), "Daarvoor is het te laat. Er is niets veranderd."),
        (WeakPassword.too_short(12), "Gebruik 12 tekens of meer."),
        (NotFound(), "Misschien is de pagina verhuisd"),
    ],
)
def test_a_foreseen_error_is_raised_in_english_and_shown_in_the_readers_language(
    app, error, sentence
):
    _raising(app, error)
    answer = app.test_client().get("/broken", headers={"Accept-Language": "nl"})
    assert sentence in answer.text


def test_a_bug_shows_a_code_and_its_log_line_nothing_of_what_was_typed(app):
    _raising(app, ValueError(SECRET))
    log = StringIO()
    with redirect_stderr(log):
        from advocacy.web.logs import set_up_logs  # noqa: PLC0415  (writes to this stream)

        set_up_logs()
        answer = app.test_client().get("/broken")
    assert answer.status_code == 500
    line = json.loads(log.getvalue().splitlines()[-1])
    assert line["reference"] in answer.text
    assert line["kind"] == "ValueError"
    assert "test_error_pages.py" in line["where"]
    assert SECRET not in log.getvalue() + answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("SELECT 1", {}, Exception("gone")),
        InterfaceError("SELECT 1", {}, Exception("closed")),
        NoConnection("all in use"),
    ],
)
def test_a_database_that_is_away_gives_503_and_when_to_come_back(app, error):
    _raising(app, error)
    answer = app.test_client().get("/broken", headers={"Accept-Language": "nl"})
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "We zijn er even niet" in answer.text


def test_a_form_without_its_token_is_refused_and_says_nothing_was_sent(app):
    app.config["WTF_CSRF_ENABLED"] = True
    answer = app.test_client().post("/language", data={"language": "nl"})
    assert answer.status_code == 400
    assert "Nothing was sent" in answer.text


def test_a_request_that_is_too_large_is_413(app):
    app.config["MAX_CONTENT_LENGTH"] = 100
    answer = app.test_client().post("/sign-in", data={"email": "x" * 200})
    assert answer.status_code == 413


def test_a_form_of_text_alone_has_a_limit_of_its_own(app):
    """Videos make the whole request's limit a large one, and text is read into memory."""
    too_much = "x" * (app.config["MAX_FORM_MEMORY_SIZE"] + 1)
    answer = app.test_client().post("/sign-in", data={"email": too_much})
    assert answer.status_code == 413
    assert len(answer.data) < len(too_much)


@pytest.fixture
def reader(client, session):
    person = add_person(session, name="Ivo Terpstra", email="ivo@veenstroom.test")
    return signed_in(client, session, person)


@pytest.mark.parametrize("address", ["/nowhere", "/items/99999"])
def test_a_missed_page_keeps_the_way_around_for_whoever_is_signed_in(reader, address):
    answer = reader.get(address)
    assert answer.status_code == 404
    assert 'href="/shares"' in answer.text
    assert "Ivo Terpstra" in answer.text
    assert 'action="/sign-out"' in answer.text


def test_a_missed_page_shows_a_stranger_no_way_around(client):
    assert 'href="/shares"' not in client.get("/nowhere").text


def test_a_fault_of_ours_looks_nothing_up(app, reader):
    _raising(app, ValueError("broken"))
    answer = reader.get("/broken")
    assert answer.status_code == 500
    assert 'href="/shares"' not in answer.text


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (408, "That did not arrive whole"),
        (411, "That did not arrive whole"),
        (413, "That is too large"),
        (503, "We are out for a moment"),
    ],
)
def test_what_the_server_did_not_take_is_refused_in_words(client, status, title):
    answer = client.post("/sign-in", environ_overrides={REFUSED: status})
    assert answer.status_code == status
    assert f'<h1 class="empty-title">{title}</h1>' in answer.text


@pytest.mark.parametrize("status", [403, 408, 413, 500, 503])
def test_who_chose_a_language_is_refused_in_it_before_anybody_is_asked(
    client, session, status
):
    """The choice is in the database, and such a page asks nothing there."""
    marit = add_person(session, name="Marit Dijkgraaf", email="m@veenstroom.test")
    marit.language = "nl"
    browser = signed_in(client, session, marit)
    browser.get("/consent")

    refused = {"environ_overrides": {REFUSED: status}}
    if status == 403:
        refused = {"headers": {"Origin": "https://elsewhere.example"}}
    answer = browser.post("/language", **refused)

    assert answer.status_code == status
    assert '<html lang="nl"' in answer.text


def test_a_choice_made_in_another_browser_counts_here_as_well(client, session):
    marit = add_person(session, name="Marit Dijkgraaf", email="m@veenstroom.test")
    marit.language = "nl"
    browser = signed_in(client, session, marit, language="en")
    browser.get("/consent")
    answer = browser.post("/language", environ_overrides={REFUSED: 413})
    assert '<html lang="nl"' in answer.text
