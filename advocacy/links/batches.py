"""Visits on their way to being counted: many in one row, under a number of its own.

A batch is text, a line for each code, day and outcome with how often: "code day outcome
visits". No time of day, nothing of visitors. Its number is random, so that a batch that is
stored again, because nobody knows whether the first time succeeded, is known and counts once.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy.orm import Mapped, mapped_column

from advocacy.links.models import Outcome
from integrations.database import Base

# Code, UTC day, and the outcome; for visits that were lost: NOBODYS, and the reason.
Visit = tuple[str, date, str]
NOBODYS = "-"
# Why visits were lost.
DISK, FULL = "disk", "spool_full"
LINE = re.compile(
    r"([A-Za-z0-9_-]+) (\d{4}-\d\d-\d\d) ([a-z_]+) [1-9]\d{0,8}", re.ASCII
)


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
    """What gathers in one process, and whom to tell once it is stored."""

    __slots__ = ("firsts", "id", "losses", "refused", "stored", "visits", "waiting")

    def __init__(self) -> None:
        self.id = uuid4()
        self.visits: list[Visit] = []
        # Visitors whom another process may have seen today, by their places in `visits`.
        self.firsts: dict[int, bytes] = {}
        self.losses: Counter[Visit] = Counter()  # of earlier visits, nobody's
        self.waiting: list[Callable[[], object]] = []
        self.stored = False  # in the database or on the disk
        self.refused = ""  # why the disk did not take it

    def add(self, visit: Visit, visitor: bytes = b"") -> None:
        """One visit, of a `visitor` whom another process may have seen today."""
        if visitor:
            self.firsts[len(self.visits)] = visitor
        self.visits.append(visit)

    def count_again(self, places: Collection[int]) -> None:
        """These were no first visits. All visitors are forgotten."""
        self.firsts = {}
        again = Outcome.AGAIN.value
        self.visits = [
            (code, day, again if place in places else outcome)
            for place, (code, day, outcome) in enumerate(self.visits)
        ]

    def settle(self, *, refused: str = "") -> list[Callable[[], object]]:
        """It is stored, or `refused`: whom to tell now. Callers take turns.

        What is stored stays so; what was refused may be stored after all.
        """
        self.refused = refused
        self.stored = self.stored or not refused
        self.firsts = {}  # whoever holds it longer must not hold visitors
        waiting, self.waiting = self.waiting, []
        return waiting

    def text(self) -> str:
        """Its lines."""
        numbers = Counter(self.visits)
        numbers.update(self.losses)
        return text_of(numbers)

    @property
    def is_settled(self) -> bool:
        """Whether nobody needs to wait for it."""
        return self.stored or bool(self.refused)

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost with it."""
        return not self.visits and not self.losses


def text_of(numbers: Counter[Visit]) -> str:
    """A line for each, as a batch is stored."""
    return "\n".join(
        f"{code} {day} {outcome} {number}"
        for (code, day, outcome), number in numbers.items()
    )


def check_text(text: str) -> None:
    """Raise ValueError unless each line is as `text_of` writes it; an empty text has none.

    What passes, the database can count: a line it refuses would hold up all others.
    """
    for line in text.split("\n") if text else ():
        found = LINE.fullmatch(line)
        if found is None:
            raise ValueError
        code, day, outcome = found.groups()
        date.fromisoformat(day)
        if code != NOBODYS:
            Outcome(outcome)
        elif outcome not in {DISK, FULL}:
            raise ValueError
