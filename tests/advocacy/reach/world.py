"""An organisation whose people share, are visited, and allow or do not allow."""

from datetime import UTC, date, datetime, time
from itertools import count

from sqlalchemy import insert
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.operations import give, withdraw
from advocacy.links.models import Outcome
from advocacy.links.operations import link_for
from advocacy.people.models import Person, Unit
from advocacy.shares.models import Share, ShareState, Way
from content.items import Item, ItemKind, ItemState
from tests.advocacy.links.stored_visits import count_now

BEFORE = datetime(2026, 9, 20, 9, tzinfo=UTC)
TARGET = "https://veenstroom.example/story"


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
