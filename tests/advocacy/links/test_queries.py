"""What a person sees of their own links."""

from datetime import date

import pytest

from advocacy.links.models import Outcome
from advocacy.links.operations import link_for
from advocacy.links.queries import (
    Band,
    band,
    seen_by_linkedin,
    visits_by_day,
    visits_by_outcome,
    visits_of,
)
from tests.advocacy.links.conftest import add_person
from tests.advocacy.links.stored_visits import count_now


def test_only_counted_visits_are_ones_own_and_unvisited_links_show_none(
    session, item, person
):
    visited, unvisited = (
        link_for(session, item.id, "https://veenstroom.example/", person.id).code
        for _ in range(2)
    )
    days = [date(2026, 11, 1), date(2026, 11, 2)]
    count_now(session, [(visited, day, Outcome.COUNTED, 2) for day in days])
    for outcome in set(Outcome) - {Outcome.COUNTED}:
        count_now(session, [(visited, days[0], outcome, 50)])
    assert visits_of(session, person.id) == {visited: 4, unvisited: 0}


def test_which_of_ones_own_links_linkedin_fetched_is_known(session, item, person):
    other = add_person(session, "joost@veenstroom.example")
    target = "https://veenstroom.example/"
    mine, unseen, theirs, common = (
        link_for(session, item.id, target, owner).code
        for owner in (person.id, person.id, other.id, None)
    )
    day = date(2026, 11, 1)
    count_now(
        session, [(code, day, Outcome.LINKEDIN, 2) for code in (mine, theirs, common)]
    )
    everything_else = set(Outcome) - {Outcome.LINKEDIN}
    count_now(session, [(unseen, day, outcome, 5) for outcome in everything_else])
    assert seen_by_linkedin(session, person.id) == {mine}


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        (0, Band(0, 0)),
        (1, Band(1, 4)),
        (4, Band(1, 4)),
        (5, Band(5, 19)),
        (19, Band(5, 19)),
        (20, Band(20, 49)),
        (49, Band(20, 49)),
        (50, Band(50, None)),
        (100_000, Band(50, None)),
    ],
)
def test_visits_are_shown_in_bands(visits, expected):
    assert band(visits) == expected


def test_visits_of_some_links_come_by_outcome_and_by_day(session, item, person):
    other = add_person(session, "joost@veenstroom.example")
    target = "https://veenstroom.example/"
    mine, unvisited, unasked, theirs = (
        link_for(session, item.id, target, owner).code
        for owner in (person.id, person.id, person.id, other.id)
    )
    days = [date(2026, 11, 2), date(2026, 11, 1)]
    for code in (mine, unasked, theirs):
        count_now(session, [(code, day, Outcome.COUNTED, 2) for day in days])
        count_now(session, [(code, days[0], Outcome.BOT, 9)])
    asked = [mine, unvisited, theirs]
    assert visits_by_outcome(session, person.id, asked) == {
        mine: {Outcome.COUNTED: 4, Outcome.BOT: 9},
        unvisited: {},
    }
    assert visits_by_day(session, person.id, asked) == {
        mine: {days[1]: 2, days[0]: 2},
    }
