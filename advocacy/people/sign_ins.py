"""Signing in and out, and how long that lasts; without passwords, which the worker needs not."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from sqlalchemy import Connection, delete, update
from sqlalchemy.orm import Session

from advocacy.people.models import Person, SignIn
from advocacy.people.queries import ABSOLUTE, hash_of

# Seconds do not matter for eight idle hours, and every write costs.
SEEN_EVERY = timedelta(minutes=1)
TOKEN_BYTES = 32


def start_sign_in(session: Session, person: Person, at: datetime) -> str:
    """Sign a person in; the token returned is for their cookie and stored nowhere."""
    token = token_urlsafe(TOKEN_BYTES)
    session.add(
        SignIn(
            token_hash=hash_of(token), person_id=person.id, started_at=at, seen_at=at
        )
    )
    return token


def note_seen(
    database: Connection, token: str, last_seen_at: datetime, at: datetime
) -> None:
    """Remember that somebody is still there, at most once a minute."""
    if at >= last_seen_at + SEEN_EVERY:
        held = SignIn.token_hash == hash_of(token)
        database.execute(update(SignIn).where(held).values(seen_at=at))


def end_sign_in(session: Session, token: str) -> None:
    """Sign out in one browser; a copy of its cookie is worthless from now on."""
    session.execute(delete(SignIn).where(SignIn.token_hash == hash_of(token)))


def end_all_sign_ins(session: Session, person_id: int) -> None:
    """Sign out everywhere: the password changed, or the person left."""
    session.execute(delete(SignIn).where(SignIn.person_id == person_id))


def forget_old_sign_ins(session: Session, at: datetime) -> None:
    """For the clock: drop sign-ins that ended by themselves."""
    session.execute(delete(SignIn).where(SignIn.started_at < at - ABSOLUTE))
