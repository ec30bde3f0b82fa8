"""Which user agents are programs, and what is remembered of them."""

from datetime import date, timedelta

import pytest

from advocacy.links.agents import Agents, is_program
from tests.advocacy.links.agents import BOTS, PEOPLE

DAY = date(2026, 11, 3)


@pytest.mark.parametrize("name", BOTS)
def test_a_program_does_not_count(name):
    assert is_program(BOTS[name])


@pytest.mark.parametrize("name", PEOPLE)
def test_a_persons_browser_counts(name):
    assert not is_program(PEOPLE[name])


def test_the_panel_has_26_programs_and_9_browsers():
    assert (len(BOTS), len(PEOPLE)) == (26, 9)


@pytest.mark.parametrize(
    "agent", ["", "  ", "Mozilla/5.0", "Wget/1.21", "okhttp/4.12.0"]
)
def test_empty_and_tool_names_do_not_count(agent):
    assert is_program(agent)


def test_what_was_judged_is_remembered_as_numbers_for_a_day():
    agents = Agents()
    for _ in range(2):
        assert agents.is_program(BOTS["curl"], DAY)
        assert not agents.is_program(PEOPLE["Chrome on Windows"], DAY)
    assert sorted(agents.judged.values()) == [False, True]
    assert {type(key) for key in agents.judged} == {int}
    numbers = set(agents.judged)
    assert agents.is_program(BOTS["curl"], DAY + timedelta(days=1))
    assert len(agents.judged) == 1
    assert not numbers & set(agents.judged)


def test_whoever_comes_late_from_the_day_before_changes_no_key():
    agents = Agents()
    agents.is_program("curl", DAY)
    remembered = dict(agents.judged)
    agents.is_program("curl", DAY - timedelta(days=1))
    assert agents.judged == remembered


def test_a_flood_of_agents_fills_no_memory():
    agents = Agents(most_remembered=3)
    for number in range(20):
        assert agents.is_program(f"curl/{number}", DAY)
        assert len(agents.judged) <= 3
