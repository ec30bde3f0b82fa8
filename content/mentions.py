"""Organisations that people may mention in a post, as a network knows them."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from integrations.clock import now
from integrations.database import Base


class MentionRow(Base):
    """One organisation: `@name` in a text becomes a link to it there."""

    __tablename__ = "mention"
    __table_args__ = (
        # "aardkabel" beside "Aardkabel" would be one too many to choose from.
        Index("uq_mention_network_name", "network", text("lower(name)"), unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(default="linkedin")
    name: Mapped[str]  # exactly as it stands there
    network_id: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)
