"""What attacks on the figures reached, as the suite writes it down, in words."""

import json
import re

import pytest
from flask_babel import force_locale

from advocacy.reach import attack_findings
from advocacy.reach.attack_said import in_english, in_readers_language, said
from advocacy.reach.attack_words import attack_words
from advocacy.reach.tables import METHOD_VERSION, method_digest
from tests.advocacy.reach.reading import cells, main_of, text_of
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.report import FOR_PAGES

PAGE = "/reach/attacks"
pytestmark = pytest.mark.usefixtures("at_reading")


def finding(attack, reached, naive=1.0):
    what = said("sharers hidden", table=said("unit"))
    return Accuracy(reached, 0.540, naive).finding(attack, what, Lengths())


ASKED = said("forms", forms=2_940)
FORMS = Finding("A15", ASKED, said("no figures"), None, 0, 0, withstood=True)


@pytest.fixture
def written(monkeypatch, tmp_path):
    """A file as a run writes it, where the page looks."""
    file = tmp_path / "attack_results.json"
    monkeypatch.setattr(attack_findings, "FOUND", file)

    def write(*found, digest=None, not_tried=()):
        rows = {
            "made_on": "2026-10-30",
            "seed": 1,
            "trials": 4000,
            "method_version": METHOD_VERSION,
            "method_digest": digest or method_digest(),
            "not_tried": list(not_tried),
            "attacks": [one.as_row() for one in found],
            "figures": [],
            "items": [],
        }
        file.write_text(json.dumps(rows))

    return write


def test_each_attack_says_what_it_reached(reader, written):
    written(finding("A1", 0.541), finding("A7", 0.55), not_tried=["A14"])
    page = reader.get(PAGE)
    assert cells(page)[0] == [
        "Unit of a medium organisation: people who shared, number or not",
        "1.000",
        "0.541",
        "0.560",
        "withstood",
    ]
    text = text_of(page)
    assert "A1 Knows of all others whether they take part" in text
    assert "All 2 attempts were withstood." in text
    assert "Tried on 30 October 2026, up to 4,000 times each" in text
    assert "Not tried by this run: A14." in text


def test_each_attack_is_one_line_that_folds_open(reader, written):
    written(finding("A1", 0.541), finding("A1", 0.555), finding("A7", 0.55))
    page = reader.get(PAGE)
    folded = re.findall(r'<details class="attack" id="(A\d+)">', page.text)
    assert folded == ["A1", "A7"]
    text = text_of(page)
    assert "2 attempts, all withstood Nearest: 0.555, at most 0.560" in text
    assert "One attempt, withstood Nearest: 0.550, at most 0.560" in text


def test_in_dutch_it_is_all_dutch_with_a_comma(reader, written):
    written(finding("A1", 0.541), FORMS)
    page = reader.get(PAGE, headers={"Accept-Language": "nl"})
    text = text_of(page)
    assert "Afdeling van een middelgrote organisatie: mensen die deelden" in text
    assert "Dichtst bij de grens: 0,541, hooguit 0,560" in text
    assert "Formulieren verstuurd: 2.940" in text
    assert "– hier worden formulieren aangevallen, geen cijfers" in text
    assert 'lang="en"' not in main_of(page)


@pytest.mark.parametrize("locale", ["en", "nl"])
def test_every_stored_sentence_is_said_in_both_languages(app, locale):
    rows = json.loads(FOR_PAGES.read_text())["attacks"]
    parts = [row[one] for row in rows for one in ("what", "naive", "reached", "bound")]
    sentences = [part for part in parts if isinstance(part, list)]
    assert len(sentences) > len(rows)
    with app.test_request_context(), force_locale(locale):
        for part in parts:
            assert in_readers_language(part)
        for part in sentences:
            same = in_readers_language(part) == in_english(part)
            assert same is (locale == "en"), part


def test_an_attack_that_did_better_is_not_passed_over(reader, written):
    written(finding("A1", 0.541), finding("A2", 0.7), finding("A3", 0.5, naive=0.5))
    text = text_of(reader.get(PAGE))
    assert "2 attempts of 3 were not withstood, or show nothing." in text
    assert "One attempt of 1 was not withstood, or shows nothing" in text
    assert "not withstood" in text
    assert "it fails on exact totals too" in text


@pytest.mark.parametrize("digest", [None, "0" * 64])
def test_no_run_of_this_version_is_said_to_be_none(reader, written, digest):
    if digest:
        written(finding("A1", 0.541), digest=digest)
    page = reader.get(PAGE)
    assert page.status_code == 200
    assert "The attacks were not run for this version" in text_of(page)
    assert cells(page) == []


def test_every_attack_of_the_suite_has_words(app):
    with app.test_request_context():
        assert all(attack_words(f"A{n}") != f"A{n}" for n in range(1, 19))
