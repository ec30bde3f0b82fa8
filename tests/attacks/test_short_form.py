"""The attacks in seconds: fewer trials and wider bounds. `./run privacy` tries them all."""

import pytest

from advocacy.reach.attack_said import said
from tests.attacks.judging import Accuracy, Finding
from tests.attacks.lengths import SHORT, Lengths
from tests.attacks.table import lines_of
from tests.attacks.trials import ALL, MISSING, TRIALS
from tests.attacks.trials.a07_known_posts import best_line
from tests.attacks.useful_items import useful_items
from tests.attacks.utility import useful_figures

SOMETHING = said("now less then")
LENGTHS = Lengths(**SHORT)


@pytest.mark.parametrize("name", TRIALS)
def test_an_attack_works_on_exact_totals_and_not_on_released_figures(name):
    findings = [finding for part in TRIALS[name] for finding in part(LENGTHS)]
    assert findings
    assert [one for one in findings if not one.holds] == []
    assert {one.attack for one in findings} == {name}
    assert all(len(line) == 6 for line in lines_of(findings))  # in known sentences


def test_every_promised_line_is_measured_and_shows_something():
    """Two years say little about a median; a whole run fails if one is far off."""
    assert all(one.shown > 0 for one in useful_figures(LENGTHS))
    assert [one.staff for one in useful_items(LENGTHS)] == [500, 1_000, 5_000]


def test_every_attack_of_the_list_is_tried_or_named_as_missing():
    assert [*TRIALS, *MISSING] == sorted(
        ALL, key=lambda name: (name in MISSING, int(name[1:]))
    )


def test_an_attack_that_does_too_well_is_broken():
    assert (
        Accuracy(0.7, 0.65, 1.0).finding("A0", SOMETHING, Lengths()).verdict == "BROKEN"
    )
    assert (
        Accuracy(0.66, 0.65, 1.0).finding("A0", SOMETHING, Lengths()).verdict == "holds"
    )


def test_an_attack_that_fails_on_exact_totals_is_no_attack():
    found = Accuracy(0.5, 0.65, 0.9).finding("A0", SOMETHING, Lengths())
    assert found.verdict == "NO ATTACK"
    assert not found.holds


def test_without_a_release_to_attack_nothing_need_succeed_but_all_must_be_withstood():
    forms = ("A0", SOMETHING, said("no figures"), None, 0, 0)
    assert Finding(*forms, withstood=True).verdict == "holds"
    assert Finding(*forms, withstood=False).verdict == "BROKEN"


def test_the_best_line_is_found_wherever_it_is():
    assert best_line([(1, False), (2, False), (3, True), (4, True)]) == 1
    assert best_line([(1, True), (1, False)]) == 0.5
    assert best_line([(1, True), (2, False), (3, True)]) == pytest.approx(2 / 3)


def test_few_trials_widen_a_bound_and_many_do_not():
    assert Lengths().slack == 0
    assert 0.05 < Lengths(trials=200).slack < 0.1


def test_a_row_can_be_written_for_the_pages():
    row = Accuracy(0.5, 0.6, 1.0).finding("A1", SOMETHING, Lengths()).as_row()
    assert row["verdict"] == "holds"
