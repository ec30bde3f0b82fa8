"""An organisation whose people share, are visited, and allow or do not allow."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.links.models import Outcome
from advocacy.links.operations import link_for, record_visits
from advocacy.people.models import Person
from advocacy.shares.models import Share, ShareState, Way
from content.items import Item, ItemKind
from integrations.clock import clock_at

# A busy machine is no reason for a test to fail.
hypothesis_settings.register_profile("untimed", deadline=None)
hypothesis_settings.load_profile("untimed")

OCTOBER = date(2026, 10, 1)
NOVEMBER = date(2026, 11, 1)
BEFORE = datetime(2026, 9, 20, 9, tzinfo=UTC)
RELEASE = datetime(2026, 11, 1, 6, tzinfo=UTC)
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

    def person(self, *, joined_on=date(2020, 1, 1), left_on=None, on=BEFORE):
        """A colleague; `on` is when they turned P4 on, nothing for never."""
        number = next(self.numbers)
        person = Person(
            name=f"Person {number}",
            email=f"p{number}@veenstroom.example",
            joined_on=joined_on,
            left_on=left_on,
        )
        self.session.add(person)
        self.session.flush()
        if on:
            self.turn_on(person, on)
        return person

    def colleagues(self, number):
        """Many who never do anything."""
        self.session.execute(
            insert(Person),
            [
                {
                    "name": f"Colleague {n}",
                    "email": f"c{next(self.numbers)}@veenstroom.example",
                    "joined_on": date(2020, 1, 1),
                }
                for n in range(number)
            ],
        )

    def turn_on(self, person, at, purpose=Purpose.COUNT_ME_IN):
        give(self.session, person, purpose, "en", "pressed Turn on", at)

    def turn_off(self, person, at, purpose=Purpose.COUNT_ME_IN):
        withdraw(self.session, person, purpose, "en", "pressed Turn off", at, ())

    def share(self, person, at=datetime(2026, 10, 9, tzinfo=UTC), state=None):
        state = state or ShareState.PUBLISHED
        share = Share(
            person_id=person.id,
            item_id=self.item.id,
            way=Way.COPY,
            state=state,
            text="In my own words",
            confirmation="0" * 64,
            due_at=at,
            next_at=at,
            target_day=at.date() + timedelta(days=next(self.numbers)),
            consent_epoch=1,
            content_epoch=1,
            posted_at=at,
        )
        self.session.add(share)
        self.session.flush()
        return share

    def visits(self, person, number, day=date(2026, 10, 9), outcome=Outcome.COUNTED):
        link = link_for(self.session, self.item.id, TARGET, person and person.id)
        record_visits(self.session, [(link.code, day, outcome, number)])
        return link


@pytest.fixture
def world(session) -> World:
    return World(session)


@pytest.fixture
def at_release() -> Iterator[None]:
    """It is the morning after October."""
    with clock_at(RELEASE):
        yield
