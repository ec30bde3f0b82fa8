"""What a network counted about a person's own posts, for that person, for two days."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base


class ShareFigures(Base):
    """The figures of one post, as they were when they were read.

    A row exists from when they are asked for; without `read_at` none came so far.
    """

    __tablename__ = "share_figures"

    share_id: Mapped[int] = mapped_column(
        ForeignKey("share.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    asked_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    # By the names of integrations.network.Figure; what is not known is not in it.
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, default=dict)
