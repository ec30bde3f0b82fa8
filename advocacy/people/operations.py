"""What changes about people: joining, passwords, signing in and out, language, theme and
time zone.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import delete
from sqlalchemy.orm import Session

from advocacy.people.models import Person, SignIn, Unit
from advocacy.people.passwords import check_new_password, hash_password
from advocacy.people.queries import ABSOLUTE, hash_of, normal_email
from advocacy.people.roles import Role

# Seconds do not matter for eight idle hours, and every write costs.
SEEN_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32


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


def start_sign_in(session: Session, person: Person, at: datetime) -> str:
    """Sign a person in; the token returned is for their cookie and stored nowhere."""
    token = token_urlsafe(TOKEN_BYTES)
    session.add(
        SignIn(
            token_hash=hash_of(token), person_id=person.id, started_at=at, seen_at=at
        )
    )
    return token


def note_seen(sign_in: SignIn, at: datetime) -> None:
    """Remember that somebody is still there, at most once a minute."""
    if at >= sign_in.seen_at + SEEN_EVERY:
        sign_in.seen_at = at


def end_sign_in(session: Session, token: str) -> None:
    """Sign out in one browser; a copy of its cookie is worthless from now on."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hash_of(token)))


def end_all_sign_ins(session: Session, person_id: int) -> None:
    """Sign out everywhere: the password changed, or the person left."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def forget_old_sign_ins(session: Session, at: datetime) -> None:
    """For the clock: drop sign-ins that ended by themselves."""
    session.execute(delete(SignIn).where(SignIn.started_at < at - ABSOLUTE))


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
