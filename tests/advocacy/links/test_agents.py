"""Which user agents are programs, and what is remembered of them."""

from datetime import date, timedelta

import pytest

from advocacy.links.agents import Agents, is_program, outcome_of
from advocacy.links.models import Outcome
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


@pytest.mark.parametrize("name", BOTS)
def test_linkedins_crawler_is_told_from_the_others(name):
    own = name == "LinkedIn's own crawler"
    assert outcome_of(BOTS[name]) is (Outcome.LINKEDIN if own else Outcome.BOT)


def test_linkedins_app_is_a_person():
    assert outcome_of(PEOPLE["LinkedIn's app on Android"]) is None


def test_what_was_judged_is_remembered_as_numbers_for_a_day():
    agents = Agents()
    for _ in range(2):
        assert agents.judge(BOTS["curl"], DAY) is Outcome.BOT
        assert agents.judge(PEOPLE["Chrome on Windows"], DAY) is None
    assert list(agents.judged.values()) == [Outcome.BOT, None]
    assert {type(key) for key in agents.judged} == {int}
    numbers = set(agents.judged)
    agents.judge(BOTS["curl"], DAY + timedelta(days=1))
    assert len(agents.judged) == 1
    assert not numbers & set(agents.judged)


def test_whoever_comes_late_from_the_day_before_changes_no_key():
    agents = Agents()
    agents.judge("curl", DAY)
    remembered = dict(agents.judged)
    agents.judge("curl", DAY - timedelta(days=1))
    assert agents.judged == remembered


def test_a_flood_of_agents_fills_no_memory():
    agents = Agents(most_remembered=3)
    for number in range(20):
        assert agents.judge(f"curl/{number}", DAY)
        assert len(agents.judged) <= 3
