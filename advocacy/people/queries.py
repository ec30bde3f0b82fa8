"""Finding people: by address, and by the token of a sign-in that still holds."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, inspect, select
from sqlalchemy.orm import Session, make_transient_to_detached

from advocacy.people.models import Person, SignIn
from advocacy.people.roles import Role

IDLE = timedelta(hours=8)
# Whoever manages accounts is signed out sooner.
IDLE_ADMINISTRATOR = timedelta(hours=1)
ABSOLUTE = timedelta(hours=24)

# Asked with every page, so it is put together once, and gives plain rows.
_SIGN_IN = (
    select(SignIn.seen_at, SignIn.started_at, *Person.__table__.c)
    .join(Person.__table__, Person.id == SignIn.person_id)
    .where(SignIn.token_hash == bindparam("token_hash"), Person.left_on.is_(None))
)
_NAMES = tuple(Person.__table__.c.keys())
# Makes one as when it is loaded; its constructor minds every value as a change.
_PERSONS = inspect(Person).class_manager


def hash_of(token: str) -> str:
    """What is stored of a sign-in's token. It is random, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def normal_email(typed: str) -> str:
    """An address as we store it: nobody should have to remember their capitals."""
    return typed.strip().lower().replace("\0", "")


def person_by_email(session: Session, email: str) -> Person | None:
    """Whoever works here under this address."""
    query = select(Person).where(
        Person.email == normal_email(email), Person.left_on.is_(None)
    )
    return session.scalars(query).one_or_none()


def person_by_sign_in(
    database: Session | Connection, token: str, at: datetime
) -> tuple[Person, datetime] | None:
    """Who is signed in with `token`, and when they were last seen; None once it ended.

    The person is as one whose session is over: to read, of no transaction.
    """
    found = database.execute(_SIGN_IN, {"token_hash": hash_of(token)}).one_or_none()
    if found is None:
        return None
    seen_at, started_at, *values = found
    person = _PERSONS.new_instance()
    person.__dict__.update(zip(_NAMES, values, strict=True))
    make_transient_to_detached(person)
    administers = Role.ADMINISTRATOR in person.roles
    idle = IDLE_ADMINISTRATOR if administers else IDLE
    over = at >= seen_at + idle or at >= started_at + ABSOLUTE
    return None if over else (person, seen_at)
