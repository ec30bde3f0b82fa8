"""Turning purposes on and off: the answer joins the chain, the state changes, and what
rested on it is let go, in one transaction.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.consent.cascade import Cascade
from advocacy.consent.chain import lock_chain
from advocacy.consent.models import Answer, Consent, ConsentEvent, Purpose
from advocacy.consent.purposes import BY_PURPOSE, LANGUAGES, OFFERS
from advocacy.consent.queries import given_before, given_on_older_text
from advocacy.consent.recording import (
    Circumstances,
    keep_text,
    record,
    state_for_change,
)
from advocacy.people.models import Person


def ensure_texts(session: Session) -> None:
    """Keep every text as it is offered now. Answers do this for their own text
    anyway.
    """
    for offer in OFFERS:
        for language in LANGUAGES:
            keep_text(session, offer, language)


def give(  # noqa: PLR0913, PLR0917  (who, what, in which words, how and when)
    session: Session,
    person: Person,
    purpose: Purpose,
    language: str,
    method: str,
    at: datetime,
) -> ConsentEvent | None:
    """Turn a purpose on; None if it was on already."""
    lock_chain(session)
    state = state_for_change(session, person.id, purpose)
    if state and state.is_on:
        return None
    how = _circumstances(session, purpose, language, method, at)
    return record(session, person, purpose, Answer.GIVEN, how)


def withdraw(  # noqa: PLR0913, PLR0917  (as above, and what follows from it)
    session: Session,
    person: Person,
    purpose: Purpose,
    language: str,
    method: str,
    at: datetime,
    cascade: Cascade,
) -> ConsentEvent | None:
    """Turn a purpose off and let go of what rested on it; None if it was off
    already.
    """
    lock_chain(session)
    state = state_for_change(session, person.id, purpose)
    if state is None or not state.is_on:
        return None
    how = _circumstances(session, purpose, language, method, at)
    event = record(session, person, purpose, Answer.WITHDRAWN, how)
    for step in cascade:
        step(session, person.id, purpose, at)
    return event


def turn_everything_off(  # noqa: PLR0913, PLR0917  (as above)
    session: Session,
    person: Person,
    language: str,
    method: str,
    at: datetime,
    cascade: Cascade,
) -> list[Purpose]:
    """Withdraw all that is on; returns what was."""
    return [
        offer.purpose
        for offer in OFFERS
        if withdraw(session, person, offer.purpose, language, method, at, cascade)
    ]


def expire_old(session: Session, at: datetime, cascade: Cascade) -> int:
    """For the clock: silence after twelve months, or after a new text, means off.

    Returns how many ran out.
    """
    lock_chain(session)
    versions = {offer.purpose: offer.version for offer in OFFERS}
    ended = given_before(session, _a_year_before(at))
    ended += [
        state for state in given_on_older_text(session, versions) if state not in ended
    ]
    for state in ended:
        _expire(session, state, at)
        for step in cascade:
            step(session, state.person_id, state.purpose, at)
    return len(ended)


def _expire(session: Session, state: Consent, at: datetime) -> None:
    """The words are those of the answer that runs out: nobody was shown others."""
    person = session.get_one(Person, state.person_id)
    given = session.get_one(ConsentEvent, state.event_id)
    how = Circumstances(
        given.text_version, given.text_sha256, given.language, "ran out by itself", at
    )
    record(session, person, state.purpose, Answer.EXPIRED, how)


def _circumstances(
    session: Session, purpose: Purpose, language: str, method: str, at: datetime
) -> Circumstances:
    offer = BY_PURPOSE[purpose]
    sha256 = keep_text(session, offer, language)
    return Circumstances(offer.version, sha256, language, method, at)


def runs_out(since: datetime) -> datetime:
    """When an answer of `since` ends by itself: twelve months later."""
    if (since.month, since.day) == (2, 29):
        return datetime(since.year + 1, 3, 1, tzinfo=since.tzinfo)
    return since.replace(year=since.year + 1)


def _a_year_before(moment: datetime) -> datetime:
    leap_day = moment.month == 2 and moment.day == 29
    return moment.replace(year=moment.year - 1, day=28 if leap_day else moment.day)
