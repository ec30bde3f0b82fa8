"""Tokens that outlive a withdrawal by a lease, for one deletion each (2.7)."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base


class LastToken(Base):
    """What one post that was on the wire may still be deleted with.

    It is in no account's row, so nothing else can find it; locked as it was there.
    """

    __tablename__ = "last_token"

    share_id: Mapped[int] = mapped_column(
        ForeignKey("share.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    member_id: Mapped[str]
    token_locked: Mapped[bytes]
    token_key_id: Mapped[str]
    # Never used; kept beside the token only to be given back with it.
    refresh_locked: Mapped[bytes | None]
    until: Mapped[datetime]  # the end of the share's lease, by the database's clock
