"""What was done with an administrator's rights, and which switches stood how.

Both are for everybody who watches over the service, so neither names anybody: not who did
it, and not whom it was about (privacy.md 1.6).
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Identity, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base


class DoneAs(StrEnum):
    """What whoever did it was there."""

    OPERATOR = "operator"  # has a terminal of the server
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Action(StrEnum):
    """What is written down."""

    PERSON_ADDED = "person added"
    UNITS_IMPORTED = "units imported"
    DATABASE_UPDATED = "database updated"
    CHAINS_VERIFIED = "chains verified"
    TOKENS_LOCKED = "tokens locked again"
    POSTING_STOPPED = "posting stopped"
    POSTING_RELEASED = "posting released"
    FIGURES_WITHDRAWN = "figures withdrawn"
    FIGURES_REPLACED = "figures replaced"
    FIGURES_GIVEN_UP = "figures given up"
    PARAMETERS_PROPOSED = "parameters proposed"
    PARAMETERS_CONFIRMED = "parameters confirmed"
    PARAMETERS_REFUSED = "parameters refused"
    PARAMETERS_TAKEN_BACK = "parameters taken back"  # before they were confirmed
    CHANGE_TAKEN_BACK = "confirmed parameters taken back"


class AccessEntry(Base):
    """One thing that was done; never changed, and deleted only when it is old."""

    __tablename__ = "access_entry"
    __table_args__ = (Index(None, "at"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    role: Mapped[DoneAs]
    action: Mapped[Action]
    details: Mapped[dict[str, object]] = mapped_column(JSONB, default=dict)


class SwitchState(Base):
    """How one setting stood from some start of the service on; never changed."""

    __tablename__ = "switch_state"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
    name: Mapped[str]  # as in docs/settings.md
    value: Mapped[str]  # never an address or a secret
