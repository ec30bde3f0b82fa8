"""What a change would do is said before it is confirmed, from published heads alone."""

from datetime import date

import pytest
from flask_babel import force_locale

from advocacy.people.roles import Role
from advocacy.reach.effect_words import effect_words
from advocacy.reach.effects import effect
from advocacy.reach.group_rows import QuarterSize
from advocacy.reach.models import Metric
from advocacy.reach.parameter_rows import ParameterProposal
from advocacy.reach.tables import TABLES
from advocacy.reach.wishes import bounds
from integrations.clock import now
from tests.advocacy.reach.reading import text_of
from tests.advocacy.reach.two_keys import somebody
from tests.advocacy.signing_in import signed_in

pytestmark = pytest.mark.usefixtures("at_reading")


@pytest.fixture
def sized(session):
    """A quarter of 620 colleagues."""
    session.add(QuarterSize(start=date(2026, 10, 1), size="medium", heads=618))
    session.flush()


@pytest.fixture
def said(app, session):
    """The sentences about one proposal."""

    def words(table="unit", metric=Metric.SHARERS, floor=None, sigma=None):
        proposal = ParameterProposal(
            year=2027, table=table, metric=metric, floor=floor, sigma=sigma
        )
        found = effect(session, proposal, TABLES[table], now())
        with app.test_request_context(), force_locale("en"):
            return " ".join(effect_words(found, metric))

    return words


@pytest.fixture
def three_groups(session, shelf):
    """A quarter's figures of groups of 104, 151 and 366 colleagues, and the sum of two."""
    heads = {"g1": 104, "g2": 151, "g3": 366}
    for key, number in heads.items():
        shelf.figure(
            "unit", date(2026, 7, 1), Metric.SHARERS, 20, group=key, heads=number
        )
    of_two = {"group": "g4", "heads": 255, "parts": 2}
    shelf.figure("unit", date(2026, 7, 1), Metric.SHARERS, 40, **of_two)
    session.commit()


def test_groups_that_are_large_enough_are_counted(sized, three_groups, said):
    words = said(floor=150)
    assert "3 groups have such figures now." in words
    assert "Of these, 2 have 150 colleagues or more and can stay as they are." in words
    assert "all are large enough" in said(floor=100)
    assert "None of these has 400 colleagues." in said(floor=400)


def test_a_margin_is_told_beside_the_smallest_group(sized, three_groups, said):
    words = said(sigma=8)
    assert "give or take 16 instead of 10" in words
    assert "The smallest group with such a figure has about 100 colleagues" in words
    visits = said("organisation", Metric.CLICKS, sigma=90)
    assert "What is below 180 is shown as too few to show." in visits


def test_what_is_about_everybody_stays_or_goes_as_a_whole(sized, said):
    assert "about 620 colleagues, enough" in said("organisation", floor=600)
    assert "fewer than 650: none of these" in said("organisation", floor=650)
    assert "fewer than 650: none of these" in said("item", Metric.SHARES, floor=650)


def test_nothing_is_said_of_figures_that_are_not_there(sized, said):
    assert "No such figure came out yet" in said(floor=150)
    assert "no such figures, so at first nothing changes" in said(
        "unit-large", floor=150
    )


def test_without_a_size_nothing_changes_at_first(said):
    assert "nothing changes" in said(floor=150)


@pytest.mark.parametrize(
    ("table", "metric", "people", "floor", "sigma"),
    [
        ("unit", "sharers", 800, 800, 50),
        ("unit", "sharers", 801, 810, 50),
        ("unit", "sharers", 61, 70, 35),
        ("organisation", "clicks", 12, 20, 400),
        ("item", "shares", 3, 10, 5),
    ],
)
def test_bounds_leave_something_to_show(table, metric, people, floor, sigma):
    """A margin is two sigmas, and all together add up to the cap of each at most."""
    found = bounds(table, metric, people)
    assert (found.floor, found.sigma) == (floor, sigma)


def test_the_page_says_it_to_the_two_keys_alone(
    app, session, sized, three_groups, world
):
    ada = somebody(session, "Ada", Role.ADMINISTRATOR)
    session.add(
        ParameterProposal(
            year=2027,
            table="unit",
            metric=Metric.SHARERS,
            floor=150,
            proposed_by=ada.id,
        )
    )
    session.commit()
    pages = {}
    for name, role in (("Otto", Role.AUDITOR), ("Ivo", Role.MANAGER)):
        client = app.test_client()
        signed_in(client, session, somebody(session, name, role))
        pages[name] = text_of(client.get("/reach/parameters"))
    assert "3 groups have such figures now." in pages["Otto"]
    assert "groups have such figures" not in pages["Ivo"]
