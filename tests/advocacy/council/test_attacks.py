"""The attack report in the report: of this version's method, or it says that there is none."""

import json

import pytest

from advocacy.council.attacks import attacks
from advocacy.reach.attack_findings import FOUND
from advocacy.reach.attack_said import said
from advocacy.reach.attack_words import verdict_words
from advocacy.reach.tables import METHOD_VERSION, method_digest
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import Lengths
from tests.attacks.report import FOR_PAGES

NOT_RUN = "The attacks were not run for this version of the method."


def _findings():
    held = Accuracy(0.54, 0.55, 1.0).finding("A1", said("now less then"), Lengths())
    broken = Accuracy(0.9, 0.55, 1.0).finding(
        "A2", said("whole less others"), Lengths()
    )
    none = Accuracy(0.5, 0.55, 0.5).finding("A3", said("erased"), Lengths())
    forms = said("forms", forms=940), said("no figures")
    alone = Finding("A15", *forms, None, 0, 0, withstood=True)
    return [held, broken, none, alone]


@pytest.fixture
def file(tmp_path):
    """As `./run privacy` writes it."""
    path = tmp_path / "attack_results.json"

    def write(**others):
        results = {
            "made_on": "2026-11-20",
            "seed": 1,
            "trials": 4000,
            "method_version": METHOD_VERSION,
            "method_digest": method_digest(),
            "not_tried": ["A16"],
            "attacks": [one.as_row() for one in _findings()],
        } | others
        path.write_text(json.dumps(results))
        return path

    return write


def test_it_reads_the_file_that_the_suite_writes():
    assert FOUND == FOR_PAGES


def test_each_attack_stands_with_what_it_reached(app, file):
    with app.test_request_context():
        section = attacks(file())
    lines, alone = section.tables
    assert [row[0][:32] for row in lines.rows] == [
        "A1. Knows of all others whether ",
        "A2. Knows the same, and reads ev",
        "A3. Takes parts from the whole, ",
        "A15. Invents colleagues or units",
    ]
    failed = "One attempt of 1 was not withstood, or shows nothing"
    assert [row[1:] for row in lines.rows] == [
        ("One attempt, withstood", "0.540", "0.570"),
        (failed, "0.900", "0.570"),
        (failed, "0.500", "0.570"),
        ("One attempt, withstood", "0", "0"),
    ]
    assert alone.rows[0][1] == "– forms are attacked here, not figures"
    words = " ".join(section.sentences)
    assert "4 attacks were tried on 20 November 2026, up to 4,000 times each" in words
    assert "Not tried by this run: A16." in words
    assert NOT_RUN not in words


def test_one_of_another_method_is_not_shown(app, file):
    with app.test_request_context():
        section = attacks(file(method_digest="0" * 64))
    assert NOT_RUN in section.sentences
    assert section.tables == ()


def test_without_a_file_it_says_so(app, tmp_path):
    with app.test_request_context():
        assert NOT_RUN in attacks(tmp_path / "nothing.json").sentences


def test_every_verdict_has_words(app):
    with app.test_request_context():
        assert len({verdict_words(one.verdict) for one in _findings()}) == 3
