"""An organisation whose people share, are visited, and allow or do not allow."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from itertools import count
from random import Random

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.links.models import Outcome
from advocacy.links.operations import link_for
from advocacy.people.models import Person, Unit
from advocacy.people.roles import Role
from advocacy.reach.drafts import Drafts
from advocacy.reach.models import Metric
from advocacy.reach.tasks import open_drafts
from advocacy.shares.models import Share, ShareState, Way
from content.items import Item, ItemKind, ItemState
from integrations.clock import clock_at
from tests.advocacy.links.stored_visits import count_now
from tests.advocacy.reach.figure_rows import Shelf, months
from tests.advocacy.reach.measured_items import measuring
from tests.advocacy.reach.reading import read_as
from tests.advocacy.reach.two_keys import MIDSUMMER, somebody
from tests.advocacy.signing_in import signed_in

# A busy machine is no reason for a test to fail.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
BEFORE = datetime(2026, 9, 20, 9, tzinfo=UTC)
RELEASE = datetime(2026, 11, 1, 6, tzinfo=UTC)
READING = datetime(2026, 11, 1, 9, tzinfo=UTC)
TARGET = "https://veenstroom.example/story"


class SeededCoin:
    """Repeatable randomness, for tests alone."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  (the same every time, on purpose)

    def randbelow(self, exclusive_upper_bound: int, /) -> int:
        return self.random.randrange(exclusive_upper_bound)


class World:
    """Adds people and what they do."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.numbers = count(1)
        self.item = Item(
            kind=ItemKind.LINK, title="A story", why="Because.", language="en"
        )
        session.add(self.item)
        session.flush()

    def person(
        self, *, joined_on=date(2020, 1, 1), left_on=None, on=BEFORE, unit_id=None
    ):
        """A colleague; `on` is when they turned P4 on, nothing for never."""
        number = next(self.numbers)
        person = Person(
            name=f"Person {number}",
            email=f"p{number}@veenstroom.example",
            joined_on=joined_on,
            left_on=left_on,
            unit_id=unit_id,
        )
        self.session.add(person)
        self.session.flush()
        if on:
            self.turn_on(person, on)
        return person

    def colleagues(self, number, unit_id=None):
        """Many who never do anything, in one unit or in none."""
        self.session.execute(
            insert(Person),
            [
                {
                    "name": f"Colleague {n}",
                    "email": f"c{next(self.numbers)}@veenstroom.example",
                    "joined_on": date(2020, 1, 1),
                    "unit_id": unit_id,
                }
                for n in range(number)
            ],
        )

    def turn_on(self, person, at, purpose=Purpose.COUNT_ME_IN):
        give(self.session, person, purpose, "en", "pressed Turn on", at)

    def turn_off(self, person, at, purpose=Purpose.COUNT_ME_IN):
        withdraw(self.session, person, purpose, "en", "pressed Turn off", at, ())

    def unit(self, name, parent=None):
        unit = Unit(name=name, parent_id=parent and parent.id)
        self.session.add(unit)
        self.session.flush()
        return unit

    def offer(self, day, address=None, state=ItemState.PUBLISHED, **more):
        """An item that is in the library from eight o'clock that day."""
        item = Item(
            kind=ItemKind.LINK if address else ItemKind.MESSAGE,
            title=f"Story of {day}",
            why="Because.",
            language="en",
            state=state,
            link_address=address,
            offered_at=datetime.combine(day, time(8), UTC),
            **more,
        )
        self.session.add(item)
        self.session.flush()
        return item

    def share(
        self, person, at=datetime(2026, 10, 9, tzinfo=UTC), state=None, item=None
    ):
        state = state or ShareState.PUBLISHED
        share = Share(
            person_id=person.id,
            item_id=(item or self.item).id,
            way=Way.COPY,
            state=state,
            text="In my own words",
            confirmation="0" * 64,
            due_at=at,
            next_at=at,
            target_day=at.date(),
            extra=next(self.numbers),  # as many of one item as a test likes
            consent_epoch=1,
            content_epoch=1,
            posted_at=at,
        )
        self.session.add(share)
        self.session.flush()
        return share

    def visits(
        self,
        person,
        number,
        day=date(2026, 10, 9),
        outcome=Outcome.COUNTED,
        item=None,
    ):
        to = item or self.item
        link = link_for(self.session, to.id, TARGET, person and person.id)
        count_now(self.session, [(link.code, day, outcome, number)])
        return link


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
