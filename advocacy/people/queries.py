"""Finding people: by address, and by the token of a sign-in that still holds."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.people.models import Person, SignIn
from advocacy.people.roles import Role

IDLE = timedelta(hours=8)
# Whoever manages accounts is signed out sooner.
IDLE_ADMINISTRATOR = timedelta(hours=1)
ABSOLUTE = timedelta(hours=24)


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
    session: Session, token: str, at: datetime
) -> tuple[Person, SignIn] | None:
    """Who is signed in with `token`, and since when; None once it ended by itself."""
    query = (
        select(Person, SignIn)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(SignIn.token_hash == hash_of(token), Person.left_on.is_(None))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        return None
    person, sign_in = found
    administers = Role.ADMINISTRATOR in person.roles
    idle = IDLE_ADMINISTRATOR if administers else IDLE
    over = at >= sign_in.seen_at + idle or at >= sign_in.started_at + ABSOLUTE
    return None if over else (person, sign_in)
