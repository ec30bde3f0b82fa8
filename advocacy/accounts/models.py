"""Connected accounts: the locked token a person lent us, and connecting rounds under
way.
"""

from datetime import datetime
from hashlib import sha256

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base


def member_hash_of(network: str, person_id: int, member_id: str) -> str:
    """`Account.member_hash`, also of what is not connected yet."""
    return sha256(f"{network}:{person_id}:{member_id}".encode()).hexdigest()


class Account(Base):
    """One person's account on one network. A row exists only while its token may be
    used.
    """

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("person_id", "network"),
        # One member of a network belongs to one person here (reliability.md 4.2, row
        # 15).
        UniqueConstraint("network", "client_id", "member_id"),
        CheckConstraint("length(token_locked) > 0", name="token_not_empty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    network: Mapped[str]
    client_id: Mapped[str]
    member_id: Mapped[str]
    member_name: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    token_locked: Mapped[bytes]
    token_key_id: Mapped[str]
    # Where the network gives one: locked with the same key as the token.
    refresh_locked: Mapped[bytes | None]
    refresh_expires_at: Mapped[datetime | None]
    # Since when this token is: connected, connected anew, or renewed.
    connected_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime]
    # Rises with every new token, so that a late answer replaces no newer one.
    token_version: Mapped[int] = mapped_column(default=1)
    # Nobody asks for a new token before: one asks now, or the network was away.
    renew_after: Mapped[datetime | None]
    # When the person put the notice away that the token is about to end.
    end_noted_at: Mapped[datetime | None]
    # Set when the network refused the token: the person has to connect again.
    refused_at: Mapped[datetime | None]

    @property
    def member_hash(self) -> str:
        """Which profile it is, to be compared after the row is gone, and by nobody else:
        another person's hash of the same member differs. As in migration 0017.
        """
        return member_hash_of(self.network, self.person_id, self.member_id)

    @property
    def lasts_until(self) -> datetime:
        """How far ahead it can be counted on: a token that is renewed lasts longer."""
        if self.refresh_locked is None or self.refresh_expires_at is None:
            return self.expires_at
        return max(self.expires_at, self.refresh_expires_at)

    def renewable(self, at: datetime) -> bool:
        """Whether a new token can be had without the person."""
        ends = self.refresh_expires_at if self.refresh_locked is not None else None
        return self.refused_at is None and ends is not None and ends > at


class ConnectingRound(Base):
    """One OAuth round: its state is good once, for ten minutes, in the same sign-in."""

    __tablename__ = "connecting_round"

    state_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    sign_in_hash: Mapped[str]
    network: Mapped[str]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    come_back_to: Mapped[str] = mapped_column(default="/")
    created_at: Mapped[datetime] = mapped_column(default=now)
    used_at: Mapped[datetime | None]
    # After the network's answer: the grant, locked, until the person confirms the pair
    # of names.
    member_id: Mapped[str | None]
    member_name: Mapped[str | None]
    grant_locked: Mapped[bytes | None]
    grant_key_id: Mapped[str | None]
