"""What a person allows now, and what they answered when."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.consent.models import (
    Consent,
    ConsentEvent,
    ConsentText,
    Purpose,
)
from advocacy.people.models import Person


def is_on(session: Session, person_id: int, purpose: Purpose) -> bool:
    """Whether the person allows it at this moment."""
    return on_since(session, person_id, purpose) is not None


def on_since(session: Session, person_id: int, purpose: Purpose) -> datetime | None:
    """Since when it is on; None while it is off."""
    query = select(Consent.since).where(
        Consent.person_id == person_id, Consent.purpose == purpose, Consent.is_on
    )
    return session.scalars(query).one_or_none()


def stays_on(session: Session, person_id: int, purpose: Purpose) -> bool:
    """Whether it is on and cannot be turned off before this transaction ends: for
    whoever is about to create something that a withdrawal has to find.
    """
    return epoch_held(session, person_id, purpose) is not None


def purposes_on(session: Session, person_id: int) -> frozenset[Purpose]:
    """All that is on."""
    query = select(Consent.purpose).where(Consent.person_id == person_id, Consent.is_on)
    return frozenset(session.scalars(query))


def epoch_held(session: Session, person_id: int, purpose: Purpose) -> int | None:
    """Which answer allows it, and a withdrawal waits until this transaction ends; None
    while it is off. What was confirmed under an older answer must not go out.
    """
    query = select(Consent.epoch).where(
        Consent.person_id == person_id, Consent.purpose == purpose, Consent.is_on
    )
    return session.scalar(query.with_for_update(read=True))


def states_of(session: Session, person_id: int) -> dict[Purpose, Consent]:
    """The row of each purpose that was ever answered."""
    rows = session.scalars(select(Consent).where(Consent.person_id == person_id))
    return {row.purpose: row for row in rows}


def events_of(session: Session, person: Person) -> list[ConsentEvent]:
    """The person's own answers, the newest first."""
    query = (
        select(ConsentEvent)
        .where(ConsentEvent.subject_id == person.subject_id)
        .order_by(ConsentEvent.id.desc())
    )
    return list(session.scalars(query))


def text_of(session: Session, event: ConsentEvent) -> ConsentText:
    """The words that stood on the screen when the person answered."""
    query = select(ConsentText).where(
        ConsentText.purpose == event.purpose,
        ConsentText.version == event.text_version,
        ConsentText.language == event.language,
    )
    return session.scalars(query).one()


def given_before(session: Session, moment: datetime) -> list[Consent]:
    """What is on since `moment` or longer."""
    query = select(Consent).where(Consent.is_on, Consent.since <= moment)
    return list(session.scalars(query.order_by(Consent.person_id, Consent.purpose)))


def given_on_older_text(
    session: Session, versions: Mapping[Purpose, int]
) -> list[Consent]:
    """What is on since a text that was replaced: `versions` names the present ones."""
    query = (
        select(Consent, ConsentEvent.text_version)
        .join(ConsentEvent, ConsentEvent.id == Consent.event_id)
        .where(Consent.is_on)
        .order_by(Consent.person_id, Consent.purpose)
    )
    return [
        state
        for state, version in session.execute(query)
        if version < versions[state.purpose]
    ]


def own_event(session: Session, person: Person, record_id: UUID) -> ConsentEvent | None:
    """One of the person's own answers; nobody else's."""
    query = select(ConsentEvent).where(
        ConsentEvent.record_id == record_id,
        ConsentEvent.subject_id == person.subject_id,
    )
    return session.scalars(query).one_or_none()
