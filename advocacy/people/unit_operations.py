"""Putting the organisation together anew, as two lists say: all of it, or nothing at all.

A unit stays the same unit as long as its name does. Figures follow from the next window
on: one under way counts the people that were in a unit at its start.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import Integer, any_, delete, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from advocacy.people.models import Person, Unit
from advocacy.people.queries import normal_email
from advocacy.people.unit_file import Read, Row
from advocacy.people.unit_names import key_of
from advocacy.people.unit_plan import Faults, faults_of
from integrations.clock import now


class UnitsRefused(Exception):
    """The lists cannot be followed, so nothing was changed."""

    def __init__(self, faults: Faults) -> None:
        super().__init__("the lists of units and people do not fit")
        self.faults = faults


@dataclass(frozen=True)
class Changes:
    """How many there are now, and how many of them are not as they were."""

    units: int
    made: int
    removed: int
    people: int
    moved: int
    without_unit: int


class _Colleague(NamedTuple):
    id: int
    email: str
    unit_id: int | None
    unit: str | None
    joined_on: date


def import_units(session: Session, units: Read, people: Read) -> Changes:
    """Make these the units, and put these people into them; others stay where they are.

    Raises UnitsRefused. The caller keeps windows from being opened meanwhile.
    """
    staff = _staff(session)
    later = {one.email for one in staff if one.joined_on > now().date()}
    faults = faults_of(units, people, {one.email: one.unit for one in staff}, later)
    if faults:
        raise UnitsRefused(faults)
    before = {unit.name: unit for unit in session.scalars(select(Unit))}
    after = _units_after(session, units.rows, before)
    kept = {unit.id for unit in after.values()}
    gone = [unit.id for unit in before.values() if unit.id not in kept]
    homes = _homes(staff, people.rows, after)
    _move(session, homes)
    _remove(session, gone)
    return Changes(
        units=len(after),
        made=len(after) + len(gone) - len(before),
        removed=len(gone),
        people=len(staff),
        moved=sum(one.unit_id != home for one, home in homes),
        without_unit=sum(home is None for _one, home in homes),
    )


def _staff(session: Session) -> list[_Colleague]:
    """Everybody who works here, or joins later."""
    query = (
        select(Person.id, Person.email, Person.unit_id, Unit.name, Person.joined_on)
        .outerjoin(Unit, Unit.id == Person.unit_id)
        .where(Person.left_on.is_(None))
    )
    return [_Colleague(*row) for row in session.execute(query)]


def _units_after(
    session: Session, rows: Sequence[Row], before: Mapping[str, Unit]
) -> dict[str, Unit]:
    """The units of the list, by key, each under the right one."""
    by_key = {key_of(name): unit for name, unit in before.items()}
    after = {}
    for row in rows:
        key = key_of(row.first)
        after[key] = before.get(row.first) or by_key.get(key) or Unit()
        after[key].name = row.first
    session.add_all(after.values())
    session.flush()  # new ones get their numbers
    for row in rows:
        above = after[key_of(row.second)].id if row.second else None
        after[key_of(row.first)].parent_id = above
    session.flush()
    return after


def _homes(
    staff: Sequence[_Colleague], people: Sequence[Row], after: Mapping[str, Unit]
) -> list[tuple[_Colleague, int | None]]:
    """Everybody and the number of the unit they are to be in."""
    wanted = {normal_email(row.first): row.second for row in people}
    names = ((one, wanted.get(one.email, one.unit)) for one in staff)
    return [(one, after[key_of(name)].id if name else None) for one, name in names]


def _move(session: Session, homes: Sequence[tuple[_Colleague, int | None]]) -> None:
    """Rows of people who stay are not touched."""
    by_home = defaultdict(list)
    for one, home in homes:
        if one.unit_id != home:
            by_home[home].append(one.id)
    for home, ids in by_home.items():
        moved = Person.id == any_(literal(ids, ARRAY(Integer)))
        session.execute(update(Person).where(moved).values(unit_id=home))


def _remove(session: Session, gone: Sequence[int]) -> None:
    """Nobody works in them any more; who once did is in no unit from now on."""
    left = Person.unit_id.in_(gone)
    session.execute(update(Person).where(left).values(unit_id=None))
    session.execute(delete(Unit).where(Unit.id.in_(gone)))
