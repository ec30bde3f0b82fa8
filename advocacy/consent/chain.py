"""The seal of each answer: a hash over it and over the answer before it, so that none
can be changed or taken out unseen. docs/consent.md says what this proves and what it
does not.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from advocacy.consent.models import ConsentEvent
from integrations.database import hold

BEGINNING = "0" * 64
# Held until the transaction ends, so that two answers never follow the same one.
LOCK = 0x434F4E53454E54
BATCH = 500


@dataclass(frozen=True)
class ChainReport:
    """What looking at the whole chain found."""

    count: int
    head: str  # to be written down elsewhere: a cut-off end shows by it alone
    broken_at: UUID | None

    @property
    def whole(self) -> bool:
        """Whether every seal fits."""
        return self.broken_at is None


def sealed_part(event: ConsentEvent) -> dict[str, object]:
    """What of an answer is under seal: everything that is stored of it."""
    return {
        "schema_version": event.schema_version,
        "record_id": str(event.record_id),
        "subject_id": str(event.subject_id),
        "purpose": event.purpose.value,
        "answer": event.answer.value,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "text_version": event.text_version,
        "text_sha256": event.text_sha256,
        "language": event.language,
        "method": event.method,
        "previous_hash": event.previous_hash,
    }


def seal_over(part: Mapping[str, object]) -> str:
    """The hash of the sealed part, written as JSON with sorted names and no spaces."""
    text = json.dumps(part, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def lock_chain(session: Session) -> str:
    """Wait for one's turn to add to the chain; return the seal to go on from."""
    hold(session, LOCK)
    latest = select(ConsentEvent.own_hash).order_by(ConsentEvent.id.desc()).limit(1)
    return session.scalars(latest).one_or_none() or BEGINNING


def verify_chain(session: Session) -> ChainReport:
    """Recompute every seal, oldest first, and stop at the first that does not fit."""
    head, count = BEGINNING, 0
    query = select(ConsentEvent).order_by(ConsentEvent.id)
    # Closed even when left early: it reads through a cursor on the server.
    with session.scalars(query.execution_options(yield_per=BATCH)) as events:
        for event in events:
            fits = event.own_hash == seal_over(sealed_part(event))
            if event.previous_hash != head or not fits:
                return ChainReport(count, head, event.record_id)
            head, count = event.own_hash, count + 1
    return ChainReport(count, head, None)
