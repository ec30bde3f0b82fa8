"""People, the unit each belongs to, and where they are signed in."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column, relationship

from advocacy.people.roles import Permission, Role, permissions_of
from integrations.clock import now
from integrations.database import Base


class Unit(Base):
    """A part of the organisation, as the personnel administration has it."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT")
    )


class Person(Base):
    """Somebody who works here and may use the service, whether or not they ever do."""

    __tablename__ = "person"
    __table_args__ = (Index(None, "unit_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    # argon2id; empty for people who sign in elsewhere or not at all yet.
    password_hash: Mapped[str | None]
    job: Mapped[str] = mapped_column(default="")
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id", ondelete="RESTRICT")
    )
    role_names: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    language: Mapped[str | None]  # chosen; else the browser decides
    theme: Mapped[str | None]  # "light" or "dark"; else the system decides
    time_zone: Mapped[str | None]  # chosen, an IANA name; else the setting decides
    # Names the person in consent records without naming them (privacy.md 2.2).
    subject_id: Mapped[UUID] = mapped_column(unique=True, default=uuid4)
    joined_on: Mapped[date] = mapped_column(default=lambda: now().date())
    left_on: Mapped[date | None]

    unit: Mapped[Unit | None] = relationship(lazy="raise")

    @property
    def roles(self) -> list[Role]:
        """The roles beside being an employee."""
        return [Role(name) for name in self.role_names]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this person may do."""
        return permissions_of(self.roles)

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside the name."""
        words = [word for word in self.name.split() if word[0].isupper()]
        return (words[0][0] + words[-1][0]).upper() if words else self.name[:2].upper()

    @property
    def works_here(self) -> bool:
        """Whether they may sign in."""
        return self.left_on is None


class SignIn(Base):
    """One browser in which somebody is signed in; the cookie holds the token, we only
    its hash.
    """

    __tablename__ = "sign_in"

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)


class FailedSignIn(Base):
    """How often signing in failed for one name or one network, to slow down
    guessing.
    """

    __tablename__ = "failed_sign_in"

    subject_hash: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)
    last_at: Mapped[datetime] = mapped_column(default=now)
