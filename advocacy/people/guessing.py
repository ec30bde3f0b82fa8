"""Slowing down whoever guesses passwords, without ever locking the right person out for
good.

Three counts run at once: one name from one network address (the usual guesser), one
name from everywhere (many computers, one victim) and one address for all names (one
computer, many victims).
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.people.models import FailedSignIn

# Nothing needs a count that is older; the clock forgets it.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """After `free` failures each next one doubles the wait, from 1 s up to
    `longest`.
    """

    free: int
    longest: timedelta
    forgets_one_each: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """How long nobody may try after this many failures."""
        beyond = failures - self.free
        if beyond < 0:
            return timedelta(0)
        return min(self.longest, timedelta(seconds=2 ** min(beyond, 30)))


HERE = Limit(5, timedelta(minutes=15), timedelta(minutes=15))
# Generous, so that guessers elsewhere cannot keep the owner out.
ANYWHERE = Limit(50, timedelta(minutes=1), timedelta(minutes=1))
# A whole office may share one address.
ADDRESS = Limit(30, timedelta(minutes=1), timedelta(seconds=30))


@dataclass(frozen=True)
class Guesser:
    """Who tries, as three keyed hashes: neither name nor address is stored."""

    here: str
    anywhere: str
    address: str

    @property
    def counts(self) -> Sequence[tuple[str, Limit]]:
        """Each hash with its limit, always in this order, so that locks cannot
        cross.
        """
        return (
            (self.here, HERE),
            (self.anywhere, ANYWHERE),
            (self.address, ADDRESS),
        )


def guesser(secret_key: str, email: str, address: str) -> Guesser:
    """Whoever tries to be `email` from the network address `address`."""

    def keyed(*parts: str) -> str:
        text = "\x1f".join(("failed sign-in", *parts))
        return hmac.digest(secret_key.encode(), text.encode(), "sha256").hex()

    return Guesser(
        here=keyed("here", email, address),
        anywhere=keyed("anywhere", email),
        address=keyed("address", address),
    )


def begin_try(session: Session, who: Guesser, at: datetime) -> timedelta:
    """Count one try as failed before it is checked; return what is left to wait
    instead, if any.

    Counting first keeps a hundred simultaneous guesses from passing together. A try
    that has to wait is not counted, so impatience costs nothing.
    """
    rows = [_locked_count(session, subject, at) for subject, _limit in who.counts]
    limits = [limit for _subject, limit in who.counts]
    waits = [
        row.last_at + limit.wait_after(row.count) - at
        for row, limit in zip(rows, limits, strict=True)
    ]
    if max(waits) > timedelta(0):
        return max(waits)
    for row, limit in zip(rows, limits, strict=True):
        forgotten = (at - row.last_at) // limit.forgets_one_each
        row.count = max(0, row.count - forgotten) + 1
        row.last_at = at
    return timedelta(0)


def take_back_try(session: Session, who: Guesser) -> None:
    """It was the right password: clear the name, and give the shared address its try
    back.
    """
    session.execute(
        delete(FailedSignIn).where(
            FailedSignIn.subject_hash.in_((who.here, who.anywhere))
        )
    )
    session.execute(
        update(FailedSignIn)
        .where(FailedSignIn.subject_hash == who.address, FailedSignIn.count > 0)
        .values(count=FailedSignIn.count - 1)
    )


def forget_old_tries(session: Session, at: datetime) -> None:
    """For the clock: drop counts that mean nothing any more."""
    session.execute(delete(FailedSignIn).where(FailedSignIn.last_at < at - KEPT))


def _locked_count(session: Session, subject: str, at: datetime) -> FailedSignIn:
    fresh = insert(FailedSignIn).values(subject_hash=subject, count=0, last_at=at)
    session.execute(fresh.on_conflict_do_nothing())
    query = select(FailedSignIn).where(FailedSignIn.subject_hash == subject)
    fetch = query.with_for_update().execution_options(populate_existing=True)
    return session.scalars(fetch).one()
