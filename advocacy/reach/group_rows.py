"""What decides which figures there are: the size of each quarter, and what a group is."""

from datetime import date

from sqlalchemy.dialects.postgresql import ARRAY, INTEGER
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base


class QuarterSize(Base):
    """Which tables a calendar quarter has, by the colleagues on its first day.

    Only ever added, so that no later head-count changes the class of windows under way.
    """

    __tablename__ = "quarter_size"

    start: Mapped[date] = mapped_column(primary_key=True)
    size: Mapped[str]  # a `tables.Size`
    heads: Mapped[int]


class ReleaseGroup(Base):
    """The units one group is made of; the same units are the same group in any year.

    `key` is "g" and the first 16 hexadecimal digits of the SHA-256 over the sorted ids.
    The whole organisation has no row: everybody is in it. Names stand in `head_count`
    and, under seal, in the figures. Only ever added.
    """

    __tablename__ = "release_group"

    key: Mapped[str] = mapped_column(primary_key=True)
    # No reference: a unit may go, and the group stays what it was.
    unit_ids: Mapped[list[int]] = mapped_column(ARRAY(INTEGER))
