"""Moments, a coin that repeats, and who and what tests of released figures begin with."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import settings as hypothesis_settings

from advocacy.people.roles import Role
from advocacy.reach.drafts import Drafts
from advocacy.reach.models import Metric
from advocacy.reach.opening import open_due
from advocacy.reach.tasks import open_drafts
from integrations.clock import clock_at
from tests.advocacy.reach.figure_rows import Shelf, months
from tests.advocacy.reach.measured_items import measuring
from tests.advocacy.reach.reading import read_as
from tests.advocacy.reach.two_keys import MIDSUMMER, somebody
from tests.advocacy.reach.world import World
from tests.advocacy.signing_in import signed_in

# A busy machine is no reason for a test to fail.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
RELEASE = datetime(2026, 11, 1, 6, tzinfo=UTC)
READING = datetime(2026, 11, 1, 9, tzinfo=UTC)


class SeededCoin:
    """Repeatable randomness, for tests alone."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  (the same every time, on purpose)

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        return self.random.randrange(exclusive_upper_bound)


@pytest.fixture
def world(session) -> World:
    return World(session)


@pytest.fixture
def at_release() -> Iterator[None]:
    """It is the morning after October."""
    with clock_at(RELEASE):
        yield


@pytest.fixture
def at_reading() -> Iterator[None]:
    """It is the same morning, and what was released can be read."""
    with clock_at(READING):
        yield


@pytest.fixture
def shelf(session) -> Shelf:
    return Shelf(session)


@pytest.fixture
def reader(client, session, world, at_reading):
    """Somebody without any role and any unit, signed in."""
    signed_in(client, session, world.person(on=None))
    return client


@pytest.fixture
def released(session, shelf):
    """Three months; the next one is under way."""
    for start, sharers, clicks in zip(
        months(3), [45, 50, 80], [None, 700, 890], strict=True
    ):
        shelf.figure("organisation", start, Metric.SHARERS, sharers)
        shelf.figure("organisation", start, Metric.CLICKS, clicks)
    shelf.opened("organisation", NOVEMBER)
    session.commit()


@pytest.fixture
def company(world):
    """Units of 236, 124, 96, 88 and 76 colleagues below one that has none."""
    top = world.unit("Company")
    sizes = {"Field": 236, "Customer": 124, "Grid": 96, "Staff": 88, "Technology": 76}
    units = {name: world.unit(name, top) for name in sizes}
    for name, heads in sizes.items():
        world.colleagues(heads, units[name].id)
    return units


@pytest.fixture
def twenty_shared(session, world):
    """In October, which is open; of 270."""
    world.colleagues(250)
    for _number in range(20):
        world.share(world.person())
    open_due(session, OCTOBER)


@pytest.fixture
def editor(client, session, world):
    """Somebody of communications, signed in."""
    return read_as(client, session, world, Role.COMMUNICATIONS)


@pytest.fixture
def in_june() -> Iterator[None]:
    """Early enough to ask for next year."""
    with clock_at(MIDSUMMER):
        yield


@pytest.fixture
def four_hundred(world):
    """So many colleagues more, that floors and noise can be raised above the product's."""
    world.colleagues(400)


@pytest.fixture
def administrator(session):
    return somebody(session, "Ada", Role.ADMINISTRATOR)


@pytest.fixture
def auditor(session):
    return somebody(session, "Otto", Role.AUDITOR)


@pytest.fixture
def measure(session, world, shelf):
    return measuring(session, world, shelf)


@pytest.fixture
def drafts(tmp_path) -> Drafts:
    """Where this process's job writes down what it draws."""
    drafts = Drafts(tmp_path)
    open_drafts(drafts)
    return drafts
