"""Visits on their way to being counted: many in one row, under a number of its own.

A batch is text, a line for each code, day and outcome with how often: "code day outcome
visits". No time of day, nothing of visitors. Its number is random, so that a batch that is
stored again, because nobody knows whether the first time succeeded, is known and refused.
"""

import re
from collections import Counter
from datetime import date
from threading import Lock
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from integrations.database import Base

# Code, UTC day, and the outcome; for visits that were lost: NOBODYS, and the reason.
Visit = tuple[str, date, str]
NOBODYS = "-"
LINE = re.compile(r"[A-Za-z0-9_-]+ \d{4}-\d\d-\d\d [a-z_]{1,32} [1-9]\d{0,8}")


class VisitBatch(Base):
    """A batch that is stored and not yet counted."""

    __tablename__ = "visit_batch"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    visits: Mapped[str]


class CountedBatch(Base):
    """The number of a batch that was counted, for as long as it might come again."""

    __tablename__ = "counted_batch"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    # How many times visits had been counted before: an age that is no time of day.
    generation: Mapped[int] = mapped_column(index=True)


class VisitLoss(Base):
    """How many visitors were sent on uncounted on one UTC day, because nothing was there
    to store their visits.
    """

    __tablename__ = "visit_loss"

    day: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
    visits: Mapped[int]


class Batch:
    """What gathers in one process, with the visitors who wait until it is stored."""

    __slots__ = ("id", "losses", "settled", "stored", "visits", "waiting")

    def __init__(self) -> None:
        self.id = uuid4()
        self.visits: list[Visit] = []
        self.losses: Counter[Visit] = Counter()  # of earlier visits, nobody's
        self.waiting: list[Lock] = []
        self.settled = False
        self.stored = False

    def add(self, visit: Visit) -> None:
        """One visit whose visitor does not wait."""
        self.visits.append(visit)

    def add_waiting(self, visit: Visit) -> Lock:
        """One visit; the lock can be taken when the batch is settled."""
        done = Lock()
        done.acquire()
        self.visits.append(visit)
        self.waiting.append(done)
        return done

    def settle(self, *, stored: bool) -> None:
        """Let everybody go on. Callers take turns; whoever comes second changes nothing."""
        if not self.settled:
            self.settled, self.stored = True, stored
            for done in self.waiting:
                done.release()

    def text(self) -> str:
        """Its lines."""
        numbers = Counter(self.visits)
        numbers.update(self.losses)
        return "\n".join(
            f"{code} {day} {outcome} {number}"
            for (code, day, outcome), number in numbers.items()
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not self.visits and not self.losses


def is_text_of_a_batch(text: str) -> bool:
    """Whether each line is as `Batch.text` writes it; an empty text has none."""
    return all(map(LINE.fullmatch, text.splitlines()))
