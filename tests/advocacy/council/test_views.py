"""The report as a file: for everybody here, about nobody, and nothing else needed to read it."""

import re
import tomllib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from advocacy import VERSION
from advocacy.council.report import report
from advocacy.people.models import Person
from advocacy.people.roles import Role
from integrations.clock import now
from tests.advocacy.council.reading import flat, sentences
from tests.advocacy.signing_in import signed_in

ENDINGS = ["html", "pdf"]
TYPES = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_it_is_a_file_with_a_name_of_its_own(read, ending, language):
    answer = read(ending, language)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == TYPES[ending]
    name = f"works-council-{now():%Y-%m-%d}-{language}.{ending}"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("role", [None, *Role])
def test_everybody_who_works_here_gets_the_same(client, session, reader, role):
    expected = reader.get("/works-council/report.html").data
    colleague = _with(session, role)
    signed_in(client, session, colleague)
    assert client.get("/works-council/report.html").data == expected


def _with(session, role):
    person = Person(name="Zxq Colleague", email="zxq@veenstroom.example")
    person.role_names = [role] if role else []
    session.add(person)
    session.flush()
    return person


def test_it_names_nobody(session, read):
    _with(session, Role.ADMINISTRATOR)
    session.commit()
    for language in ("en", "nl"):
        page = read(language=language).text
        assert "Zxq" not in page
        assert "zxq@" not in page
        assert "Person 1" not in page


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_stranger_signs_in_first(client, ending):
    answer = client.get(f"/works-council/report.{ending}")
    assert answer.status_code == 302
    assert answer.location.startswith("/sign-in")


@pytest.mark.parametrize("address", ["report.docx", "report", "report.html/", ""])
def test_there_is_no_other_format(reader, address):
    assert reader.get(f"/works-council/{address}").status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_there_is_no_part_to_choose(reader, ending):
    answer = reader.get(f"/works-council/report.{ending}?section=fields")
    assert answer.status_code == 404


class _Loads(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.addresses = set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.addresses += [v for k, v in attrs if k in {"src", "href", "action"}]


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(read):
    page = read().text
    seen = _Loads()
    seen.feed(page)
    assert not seen.tags & {"script", "link", "img", "iframe", "form", "base"}
    assert all(address.startswith("#") for address in seen.addresses)
    ids = re.findall(r'id="([^"]+)"', page)
    assert {address[1:] for address in seen.addresses} <= set(ids)
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style
    assert "url(" not in style[1]
    assert "@import" not in style[1]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_page_says_all_that_the_report_says(app, session, settings, read, language):
    said = flat(read(language=language).text)
    for sentence in _sentences(app, session, settings, language):
        assert sentence in said


def _sentences(app, session, settings, language):
    with app.test_request_context(headers={"Accept-Language": language}):
        return [" ".join(one.split()) for one in sentences(report(session, settings))]


@pytest.fixture
def settings(settings):
    return replace(settings, organisation="Veen & <b>Stroom</b> #1 *$x$* _y_ [z] @q")


def test_a_name_full_of_signs_stays_a_name(read, settings):
    page = read().text
    assert "<b>" not in page
    assert settings.organisation in flat(page)


def test_the_version_is_the_one_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert project["project"]["version"] == VERSION


def test_the_page_about_figures_leads_to_it(reader):
    page = reader.get("/reach/method").text
    for ending in ENDINGS:
        assert f'href="/works-council/report.{ending}"' in page
