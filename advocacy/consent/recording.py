"""Writing one answer down: its text kept, its seal made, the state following; used by
the operations only.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from advocacy.consent.chain import lock_chain, seal_over, sealed_part
from advocacy.consent.models import (
    Answer,
    Consent,
    ConsentEvent,
    ConsentText,
    Purpose,
)
from advocacy.consent.purposes import Offer
from advocacy.people.models import Person


class TextChanged(Exception):
    """A bug: a text says something else than before under the same version."""


@dataclass(frozen=True)
class Circumstances:
    """Which text stood on the screen, what the person did, and when."""

    text_version: int
    text_sha256: str
    language: str
    method: str
    at: datetime


def keep_text(session: Session, offer: Offer, language: str) -> str:
    """Make sure the text is stored as it was shown; returns its hash."""
    sha256 = offer.sha256(language)
    values = {
        "purpose": offer.purpose,
        "version": offer.version,
        "language": language,
        "text": offer.text(language),
        "sha256": sha256,
        "details": offer.details(),
    }
    session.execute(insert(ConsentText).values(values).on_conflict_do_nothing())
    query = select(ConsentText.sha256).where(
        ConsentText.purpose == offer.purpose,
        ConsentText.version == offer.version,
        ConsentText.language == language,
    )
    if session.scalars(query).one() != sha256:
        raise TextChanged(f"{offer.purpose} version {offer.version} in {language}")
    return sha256


def state_for_change(
    session: Session, person_id: int, purpose: Purpose
) -> Consent | None:
    """What is on now, read again: somebody else may just have had the chain."""
    return session.get(
        Consent, (person_id, purpose), with_for_update=True, populate_existing=True
    )


def record(
    session: Session,
    person: Person,
    purpose: Purpose,
    answer: Answer,
    how: Circumstances,
) -> ConsentEvent:
    """Add one answer to the chain and make the state follow."""
    event = ConsentEvent(
        schema_version=1,
        record_id=uuid4(),
        subject_id=person.subject_id,
        purpose=purpose,
        answer=answer,
        at=how.at,
        text_version=how.text_version,
        text_sha256=how.text_sha256,
        language=how.language,
        method=how.method,
        previous_hash=lock_chain(session),
    )
    event.own_hash = seal_over(sealed_part(event))
    session.add(event)
    session.flush()  # the state points at it
    _follow(session, person.id, event)
    return event


def _follow(session: Session, person_id: int, event: ConsentEvent) -> None:
    """Make the state say what was answered last."""
    state = state_for_change(session, person_id, event.purpose)
    if state is None:
        state = Consent(person_id=person_id, purpose=event.purpose, epoch=0)
        session.add(state)
    state.is_on = event.answer is Answer.GIVEN
    state.since = event.at
    state.epoch += 1
    state.event_id = event.id
    session.flush()
