"""Whose shares and visits are in a figure, and how much of them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import delete

from advocacy.consent.models import Consent, Purpose
from advocacy.links.models import Outcome
from advocacy.links.operations import freeze_links
from advocacy.reach.collect import amounts
from advocacy.reach.models import Metric
from advocacy.reach.opening import open_due
from advocacy.reach.tables import TABLES, Rhythm
from advocacy.reach.windows import window_of
from advocacy.shares.models import ShareState
from tests.advocacy.reach.conftest import NOVEMBER, OCTOBER, RELEASE
from tests.advocacy.reach.world import BEFORE

TABLE = TABLES["organisation"]
WINDOW = window_of(Rhythm.MONTH, OCTOBER)
INSIDE = datetime(2026, 10, 9, tzinfo=UTC)


def added(session, metric):
    everybody = {"organisation": frozenset()}
    found = amounts(session, WINDOW, TABLE.measure(metric), everybody)
    return found.pop("organisation")


def sharers(session):
    return added(session, Metric.SHARERS)


def clicks(session):
    return added(session, Metric.CLICKS)


@pytest.fixture
def october(session, world):
    """Opens October for whoever is there by then."""
    world.colleagues(200)

    def begin():
        open_due(session, OCTOBER)

    return begin


def test_somebody_who_shares_a_lot_counts_as_one(session, world, october):
    person = world.person()
    october()
    for _ in range(5):
        world.share(person)
    assert sharers(session) == [1]


def test_visits_of_one_person_are_cut_off_at_the_cap(session, world, october):
    much, little = world.person(), world.person()
    october()
    for _ in range(3):
        world.visits(much, 30)
    world.visits(little, 7)
    assert clicks(session) == [7, 40]


@pytest.mark.parametrize("state", ShareState)
def test_only_what_was_posted_counts_as_shared(session, world, october, state):
    person = world.person()
    october()
    world.share(person, state=state)
    posted = {"published", "published_unverified", "told", "removed"}
    assert sharers(session) == ([1] if state in posted else [])


def test_only_the_window_itself_counts(session, world, october):
    person = world.person()
    october()
    moment = timedelta(microseconds=1)
    world.share(person, at=WINDOW.opens - moment)
    world.share(person, at=WINDOW.closes)
    world.visits(person, 3, day=OCTOBER - timedelta(days=1))
    world.visits(person, 3, day=NOVEMBER)
    assert (sharers(session), clicks(session)) == ([], [])
    world.share(person, at=WINDOW.opens)
    world.share(person, at=WINDOW.closes - moment)
    world.visits(person, 1, day=OCTOBER)
    world.visits(person, 1, day=date(2026, 10, 31))
    assert (sharers(session), clicks(session)) == ([1], [2])


def test_visits_that_were_filtered_do_not_count(session, world, october):
    person = world.person()
    october()
    for outcome in set(Outcome) - {Outcome.COUNTED}:
        world.visits(person, 9, outcome=outcome)
    assert clicks(session) == []


def test_the_items_common_link_is_nobodys(session, world, october):
    october()
    world.visits(None, 30)
    assert clicks(session) == []


def test_who_is_not_in_the_snapshot_adds_nothing(session, world, october):
    late = world.person(joined_on=OCTOBER + timedelta(days=1))
    october()
    world.share(late)
    world.visits(late, 5)
    assert (sharers(session), clicks(session)) == ([], [])


def test_who_never_allowed_it_adds_nothing(session, world, october):
    person = world.person(on=None)
    world.turn_on(person, BEFORE, Purpose.COUNT_MY_CLICKS)
    october()
    world.share(person)
    world.visits(person, 5)
    assert (sharers(session), clicks(session)) == ([], [])


@pytest.mark.parametrize(
    ("story", "counts"),
    [
        ([("on", WINDOW.opens)], True),
        ([("on", WINDOW.opens + timedelta(seconds=1))], False),
        ([("on", BEFORE), ("off", BEFORE), ("on", BEFORE)], True),
        ([("on", BEFORE), ("off", INSIDE)], False),
        ([("on", BEFORE), ("off", INSIDE), ("on", INSIDE)], False),
        ([("on", BEFORE), ("off", BEFORE), ("on", INSIDE)], False),
        # Off between the window's end and its release is respected as well.
        ([("on", BEFORE), ("off", RELEASE - timedelta(hours=1))], False),
        ([("on", BEFORE), ("off", RELEASE), ("on", RELEASE)], False),
    ],
)
def test_it_must_have_been_on_for_the_whole_window(
    session, world, october, story, counts
):
    person = world.person(on=None)
    october()
    for step, at in story:
        (world.turn_on if step == "on" else world.turn_off)(person, at)
    world.share(person)
    world.visits(person, 3)
    expected = ([1], [3]) if counts else ([], [])
    assert (sharers(session), clicks(session)) == expected


def test_without_a_consent_that_is_on_now_the_record_of_one_is_not_enough(
    session, world, october
):
    person = world.person()
    october()
    world.share(person)
    session.execute(delete(Consent).where(Consent.person_id == person.id))
    assert sharers(session) == []


def test_withdrawing_clicks_takes_the_visits_and_leaves_the_share(
    session, world, october
):
    person = world.person()
    october()
    world.share(person)
    world.visits(person, 5)
    freeze_links(session, person.id, Purpose.COUNT_MY_CLICKS, INSIDE)
    assert (sharers(session), clicks(session)) == ([1], [])


def test_each_persons_part_is_in_the_group_of_the_unit_they_were_in_at_the_start(
    session, world
):
    units = [world.unit(name) for name in ("North", "South", "West")]
    people = [world.person(unit_id=unit.id) for unit in units] + [world.person()]
    world.colleagues(200)
    open_due(session, OCTOBER)
    for number, person in enumerate(people, 1):
        world.share(person)
        world.visits(person, number)
    people[0].unit_id = units[2].id
    session.flush()
    groups = {
        "a": frozenset({units[0].id}),
        "b": frozenset({units[1].id, units[2].id}),
        "none": frozenset({0}),
    }
    clicked = amounts(session, WINDOW, TABLE.measure(Metric.CLICKS), groups)
    assert clicked == {"a": [1], "b": [2, 3], "none": [4]}
    shared = amounts(session, WINDOW, TABLE.measure(Metric.SHARERS), groups)
    assert shared == {"a": [1], "b": [1, 1], "none": [1]}


def test_a_group_to_which_nobody_adds_anything_is_there_too(session, world, october):
    october()
    groups = {"a": frozenset({0}), "b": frozenset({1})}
    found = amounts(session, WINDOW, TABLE.measure(Metric.SHARERS), groups)
    assert found == {"a": [], "b": []}
