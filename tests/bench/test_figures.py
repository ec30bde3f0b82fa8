"""What is concluded from figures, and how they are kept and told."""

from pathlib import Path

import pytest

from bench import report
from bench.aims import AIMS, Aim
from bench.figures import Part, figure, keep, kept, told


@pytest.mark.parametrize(
    ("key", "values", "verdict"),
    [
        ("redirect", [1.2, 1.6, 1.7], "met"),
        ("redirect", [1.2, 1.4, 9.0], "missed"),
        ("queries", [3, 3, 3], "met"),
        ("queries", [3, 4, 4], "missed"),
        ("burst_lost", [0], "met"),
        ("idle_web", [100], ""),
    ],
)
def test_the_median_is_held_against_the_target(
    key: str, values: list[float], verdict: str
) -> None:
    assert figure(key, values).verdict == verdict


def test_nothing_is_concluded_from_what_is_in_doubt() -> None:
    found = figure("redirect", [2.0], "7 errors at links")
    assert found.verdict == "no verdict: 7 errors at links"


def test_nothing_is_concluded_from_a_short_run() -> None:
    found = Part("redirect", short=True).tell("redirect", [2.0])
    assert found.verdict == "no verdict: a short run"


def test_a_figure_that_is_no_aim_is_refused() -> None:
    with pytest.raises(KeyError):
        figure("speed", [1])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.01234, "0.0123"),
        (1.5, "1.5"),
        (2.0, "2"),
        (37.444, "37.44"),
        (1_234_567, "1,234,567"),
    ],
)
def test_numbers_are_told_with_the_digits_that_mean_something(
    value: float, words: str
) -> None:
    assert told(value) == words


def test_a_part_is_read_as_it_was_kept(tmp_path: Path) -> None:
    part = Part("idle", machine={"Cores": "2"}, date="2026-11-22")
    part.tell("idle_web", [99.5])
    part.note("Nobody was there.")
    keep(part, tmp_path)
    assert kept("idle", tmp_path) == part


def test_a_short_run_never_replaces_a_whole_one(tmp_path: Path) -> None:
    whole = Part("idle")
    whole.tell("idle_web", [99.5])
    keep(whole, tmp_path)
    keep(Part("idle", short=True), tmp_path)
    assert kept("idle", tmp_path) == whole


def test_the_page_tells_each_aim_and_which_are_not_measured_yet(tmp_path: Path) -> None:
    part = Part("redirect", rows=[{"server": "links", "requests/s": "9,000"}])
    part.tell("redirect", [1.9, 2.0, 2.1])
    keep(part, tmp_path)
    report.write(tmp_path, tmp_path / "page.md")
    page = (tmp_path / "page.md").read_text()
    assert page.count(report.NOT_YET) == len(AIMS) - 1
    assert "| ≥ 1.5 × | 2 × (1.9 to 2.1) | met |" in page
    assert "| links | 9,000 |" in page


def test_the_page_in_the_repository_is_the_one_that_is_written() -> None:
    page = report.FILE.read_text()
    assert page.startswith(report.BEGINNING)
    assert report.METHOD in page
    assert [one.what for one in AIMS.values() if one.what not in page] == []


def test_every_target_from_p1_to_p13_has_a_figure_here_or_a_word_on_the_page() -> None:
    numbers = {one.number for one in AIMS.values()}
    missing = {f"P{number}" for number in range(1, 14)} - numbers
    assert missing == {"P5"}
    assert "(P5)" in report.METHOD


def test_an_aim_without_a_target_is_neither_met_nor_missed() -> None:
    assert Aim("–", "only told").met(5) is None
