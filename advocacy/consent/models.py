"""Consent: the exact texts people were shown, what they answered, and what is on
now.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Identity, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base


class Purpose(StrEnum):
    """What a person may allow, each by itself (privacy.md 2.3). All off at first."""

    POST_FOR_ME = "P1"
    READ_MY_FIGURES = "P2"
    COUNT_MY_CLICKS = "P3"
    COUNT_ME_IN = "P4"
    DIGEST = "P5"
    APPEAR_AS_AUTHOR = "author"


class Answer(StrEnum):
    """What happened to a purpose."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ConsentText(Base):
    """One purpose's text as it was shown, kept for ever so that a receipt can be
    checked.
    """

    __tablename__ = "consent_text"
    __table_args__ = (UniqueConstraint("purpose", "version", "language"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    purpose: Mapped[Purpose]
    version: Mapped[int]
    language: Mapped[str]
    text: Mapped[str]
    sha256: Mapped[str]
    # What the receipt says beside the text: data, recipients, scopes.
    details: Mapped[dict[str, list[str]]] = mapped_column(JSONB)
    created_at: Mapped[datetime] = mapped_column(default=now)


class ConsentEvent(Base):
    """One answer. Rows are only ever added (a trigger refuses the rest) and form a
    chain.
    """

    __tablename__ = "consent_event"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    record_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    schema_version: Mapped[int] = mapped_column(default=1)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    purpose: Mapped[Purpose]
    answer: Mapped[Answer]
    at: Mapped[datetime] = mapped_column(default=now)
    text_version: Mapped[int]
    text_sha256: Mapped[str]
    language: Mapped[str]
    method: Mapped[str]  # "pressed Turn on on What I allow"
    previous_hash: Mapped[str]
    own_hash: Mapped[str] = mapped_column(unique=True)


class Consent(Base):
    """What is on now. A missing row means off; `epoch` rises with every answer, so that
    a share armed under an older answer is stopped (reliability.md 2.7).
    """

    __tablename__ = "consent"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True
    )
    purpose: Mapped[Purpose] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    since: Mapped[datetime]
    epoch: Mapped[int] = mapped_column(default=1)
    event_id: Mapped[int] = mapped_column(ForeignKey("consent_event.id"))
