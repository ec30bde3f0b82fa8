"""What attacks on the figures reached, as the suite writes it down, in words."""

import json

import pytest

from advocacy.reach import attack_findings
from advocacy.reach.attack_words import attack_words
from advocacy.reach.tables import METHOD_VERSION, method_digest
from tests.advocacy.reach.reading import cells, text_of
from tests.attacks.judging import Accuracy
from tests.attacks.lengths import Lengths

PAGE = "/reach/attacks"
pytestmark = pytest.mark.usefixtures("at_reading")


def finding(attack, reached, naive=1.0):
    return Accuracy(reached, 0.540, naive).finding(attack, "unit, sharers", Lengths())


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
    assert cells(page)[0][1:] == [
        "unit, sharers",
        "1.000",
        "0.541",
        "0.560",
        "withstood",
    ]
    said = text_of(page)
    assert "A1 Knows of all others whether they take part" in said
    assert "All 2 lines withstood." in said
    assert "Tried on 30 October, up to 4,000 times each" in said
    assert "Not tried by this run: A14." in said


def test_an_attack_that_did_better_is_not_passed_over(reader, written):
    written(finding("A1", 0.541), finding("A2", 0.7), finding("A3", 0.5, naive=0.5))
    said = text_of(reader.get(PAGE))
    assert "2 lines of 3 did not withstand, or show nothing." in said
    assert "not withstood" in said
    assert "it fails on exact totals too" in said


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
