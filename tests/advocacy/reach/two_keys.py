"""The two people who raise floors and noise, and what they ask for."""

from datetime import UTC, datetime

from advocacy.people.models import Person
from advocacy.people.roles import Role
from advocacy.reach.parameters import in_force
from advocacy.reach.tables import TABLES
from advocacy.reach.wishes import Wish

MIDSUMMER = datetime(2026, 6, 20, 12, tzinfo=UTC)
BOTH = (Role.ADMINISTRATOR, Role.AUDITOR)


def somebody(session, name, *roles):
    """A new colleague with these roles."""
    person = Person(
        name=name,
        email=f"{name.lower()}@veenstroom.example",
        role_names=[role.value for role in roles],
    )
    session.add(person)
    session.flush()
    return person


def wish(floor=None, sigma=None, table="unit", metric="sharers"):
    return Wish(table, metric, floor, sigma)


def numbers(session, year, name="unit"):
    """Floor and sigmas of a table in a year."""
    table = in_force(session, TABLES[name], year)
    return table.floor, [measure.sigma for measure in table.measures]
