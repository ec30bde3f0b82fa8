"""The 620 people of Veenstroom, in their units; the same ones on every machine."""

import random
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from advocacy.people.demo_people import DEMO_PEOPLE
from advocacy.people.models import Person, Unit
from advocacy.people.operations import add_person

COMPANY = "Veenstroom"
NAMES = Path(__file__).with_name("names.toml")
# People in each unit, and what they do there.
UNITS: dict[str, tuple[int, tuple[str, ...]]] = {
    "Field operations": (
        236,
        ("Cable jointer", "Line fitter", "Fitter", "Crew leader", "Work planner"),
    ),
    "Customer": (124, ("Customer adviser", "Connection planner", "Meter specialist")),
    "Grid planning": (96, ("Grid planner", "Route planner", "Ecologist", "Surveyor")),
    "Technology": (88, ("Software engineer", "Protection engineer", "Data analyst")),
    "Staff": (76, ("Legal adviser", "Trainer", "Buyer", "Controller", "Recruiter")),
}
# Where the named people work, and as what.
PLACES = {
    "Ivo Terpstra": ("Field operations", "Cable engineer"),
    "Marit Hoekstra": ("Technology", "Cable specialist"),
    "Femke de Wit": ("Staff", "Communications adviser"),
    "Hanneke Postma": ("Field operations", "Manager field operations"),
    "Willem Bos": ("Customer", "Meter specialist, works council"),
    "Suze Kramer": ("Technology", "System administrator"),
}
# Everybody else was here when the history begins, these join one by one.
NEWCOMERS = 22


@dataclass(frozen=True)
class Colleague:
    """Somebody to be added, and when they joined."""

    name: str
    email: str
    job: str
    unit: str
    joined_on: date


def colleagues(begin: date, today: date) -> list[Colleague]:
    """Everybody but the named people; their dates fit between `begin` and `today`."""
    chance = random.Random(620)  # noqa: S311 (sample people, the same each time)
    places = [
        (unit, chance.choice(jobs))
        for unit, (count, jobs) in UNITS.items()
        for _ in range(count - sum(where == unit for where, _ in PLACES.values()))
    ]
    chance.shuffle(places)
    names = _names(chance)
    days = (today - begin).days
    found = []
    for number, (unit, job) in enumerate(places):
        name = next(names)
        if number < NEWCOMERS:
            joined_on = begin + timedelta(days=chance.randrange(20, days - 20))
        else:
            joined_on = begin - timedelta(days=chance.randrange(30, 9000))
        found.append(Colleague(name, address_of(name), job, unit, joined_on))
    return found


def _names(chance: random.Random) -> Iterator[str]:
    """Names without end, none twice."""
    parts = tomllib.loads(NAMES.read_text(encoding="utf-8"))
    given = {person.name for person in DEMO_PEOPLE}
    while True:
        name = f"{chance.choice(parts['first'])} {chance.choice(parts['last'])}"
        if name not in given:
            given.add(name)
            yield name


def address_of(name: str) -> str:
    """first.last@veenstroom.example, in plain letters."""
    first, _, last = name.partition(" ")
    plain = unicodedata.normalize("NFKD", f"{first}.{last}").encode("ascii", "ignore")
    return f"{plain.decode().lower().replace(' ', '')}@veenstroom.example"


def add_staff(session: Session, begin: date, today: date) -> list[Person]:
    """Units and people; returns those without a name in the demonstration."""
    units = _add_units(session)
    for one in DEMO_PEOPLE:
        unit, job = PLACES[one.name]
        person = add_person(
            session,
            name=one.name,
            email=one.email,
            job=job,
            roles=one.roles,
            unit=units[unit],
        )
        person.joined_on = begin - timedelta(days=900)
    people = []
    for colleague in colleagues(begin, today):
        person = add_person(
            session,
            name=colleague.name,
            email=colleague.email,
            job=colleague.job,
            unit=units[colleague.unit],
        )
        person.joined_on = colleague.joined_on
        people.append(person)
    session.flush()
    return people


def _add_units(session: Session) -> dict[str, Unit]:
    company = Unit(name=COMPANY)
    session.add(company)
    session.flush()
    units = {name: Unit(name=name, parent_id=company.id) for name in UNITS}
    session.add_all(units.values())
    session.flush()
    return units
