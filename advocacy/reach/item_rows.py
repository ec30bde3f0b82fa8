"""Figures of single items: when each is measured, and how many of each person's count."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base


class ItemWindow(Base):
    """The days on which an item is measured, once.

    Items that lead to the same destination count as one: they join the window that is
    open, and `leads_item_id` names the item whose figures these are.
    """

    __tablename__ = "item_window"
    __table_args__ = (
        CheckConstraint("window_end > window_start", name="forward"),
        Index(None, "destination", "window_end"),
        Index(None, "leads_item_id"),
    )

    item_id: Mapped[int] = mapped_column(
        ForeignKey("item.id"), primary_key=True, autoincrement=False
    )
    leads_item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    destination: Mapped[str]
    window_start: Mapped[date]
    window_end: Mapped[date]  # the first day after it


class ItemUse(Base):
    """How many of a month's items one person has counted in; gone with the month's last.

    A month's items come out on different days, so what is used up must be remembered:
    picking anew each time could count one item too many (privacy.md 1.5, step 4).
    """

    __tablename__ = "item_use"
    __table_args__ = (CheckConstraint("used BETWEEN 1 AND 4", name="four_a_month"),)

    month: Mapped[date] = mapped_column(primary_key=True)  # its first day
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    used: Mapped[int]
