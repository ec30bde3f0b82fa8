"""What changes about people: joining, passwords, language, theme and time zone."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from advocacy.people.models import Person, Unit
from advocacy.people.passwords import check_new_password, hash_password
from advocacy.people.queries import normal_email
from advocacy.people.roles import Role
from advocacy.people.sign_ins import end_all_sign_ins


def add_person(  # noqa: PLR0913  (the columns of a person)
    session: Session,
    *,
    name: str,
    email: str,
    job: str = "",
    roles: Iterable[Role] = (),
    unit: Unit | None = None,
    time_zone: str | None = None,
) -> Person:
    """Add somebody who works here; they cannot sign in before they have a password."""
    person = Person(
        name=name,
        email=normal_email(email),
        job=job,
        role_names=[role.value for role in roles],
        unit=unit,
        time_zone=time_zone,
    )
    session.add(person)
    session.flush()  # callers need the number
    return person


def set_password(
    session: Session, person: Person, password: str, organisation: str
) -> None:
    """Choose a password, and sign the person out everywhere.

    Raises WeakPassword.
    """
    check_new_password(password, person.name, person.email, organisation)
    person.password_hash = hash_password(password)
    end_all_sign_ins(session, person.id)


def choose_language(person: Person, language: str) -> None:
    """The language of every page from now on."""
    person.language = language


def choose_theme(person: Person, theme: str | None) -> None:
    """Light or dark from now on; None follows the system."""
    person.theme = theme


def choose_time_zone(person: Person, name: str | None) -> None:
    """The clock by which times are shown and read from now on; None follows the setting.

    Posts that are planned keep the zone in which they were planned (reliability.md 2.9).
    """
    person.time_zone = name
