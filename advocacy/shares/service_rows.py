"""What the running service notes about itself: calls made, heartbeats, which one it is."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base


class CallBudget(Base):
    """Calls reserved at a network between two midnights UTC, by member and in all.

    `who` names nobody: a hash of the member's id, or a part of the app's own count.
    """

    __tablename__ = "call_budget"

    network: Mapped[str] = mapped_column(primary_key=True)
    who: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    calls: Mapped[int] = mapped_column(default=0)
    # The network itself said that there are no more today.
    spent: Mapped[bool] = mapped_column(default=False)


class Heartbeat(Base):
    """When one process was last seen at work, by work that it did."""

    __tablename__ = "heartbeat"

    kind: Mapped[str] = mapped_column(primary_key=True)  # worker, clock
    host: Mapped[str] = mapped_column(primary_key=True)
    process: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Installation(Base):
    """Which installation this database belongs to, and when it last lived (2.11).

    The same name and mark are in the data folder, which is in no backup of the database.
    """

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    name: Mapped[str]
    beat_at: Mapped[datetime]
    mark: Mapped[str]  # at random with each beat, and with an orderly stop


class Pace(Base):
    """How far the posts that were let go have used up the seconds (2.10). One row."""

    __tablename__ = "pace"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    spent_until: Mapped[datetime]


class StopCause(StrEnum):
    """Why an administrator has to let posts leave again."""

    BY_HAND = "by_hand"  # an administrator stopped it
    RESTORED = "restored"  # the database is older than what was posted since


class PublishingStop(Base):
    """Nothing is posted to any network until an administrator takes this away."""

    __tablename__ = "publishing_stop"

    cause: Mapped[StopCause] = mapped_column(primary_key=True)
    since: Mapped[datetime]
