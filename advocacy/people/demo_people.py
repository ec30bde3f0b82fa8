"""The sample people one may look around as; the page for it exists in the demonstration
only.
"""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.models import Person
from advocacy.people.roles import Role


@dataclass(frozen=True)
class DemoPerson:
    """One of them: what the sample organisation creates, and what one sees as them."""

    name: str
    email: str
    does: LazyString
    roles: tuple[Role, ...] = ()


DEMO_PEOPLE = (
    DemoPerson(
        "Ivo Terpstra",
        "ivo.terpstra@veenstroom.example",
        _("Cable engineer: reads, writes, shares"),
    ),
    DemoPerson(
        "Marit Hoekstra",
        "marit.hoekstra@veenstroom.example",
        _("Cable specialist: a second colleague who shares"),
    ),
    DemoPerson(
        "Femke de Wit",
        "femke.dewit@veenstroom.example",
        _("Communications: fills the library"),
        (Role.COMMUNICATIONS,),
    ),
    DemoPerson(
        "Hanneke Postma",
        "hanneke.postma@veenstroom.example",
        _("Manager: reads released figures"),
        (Role.MANAGER,),
    ),
    DemoPerson(
        "Willem Bos",
        "willem.bos@veenstroom.example",
        _("Works council: checks the method"),
        (Role.AUDITOR,),
    ),
    DemoPerson(
        "Suze Kramer",
        "suze.kramer@veenstroom.example",
        _("Administrator: accounts and units"),
        (Role.ADMINISTRATOR,),
    ),
)


def demo_people(session: Session) -> list[tuple[Person, LazyString]]:
    """Those of them who are in the database, in the order above."""
    emails = [one.email for one in DEMO_PEOPLE]
    people = {
        person.email: person
        for person in session.scalars(select(Person).where(Person.email.in_(emails)))
    }
    return [(people[one.email], one.does) for one in DEMO_PEOPLE if one.email in people]
