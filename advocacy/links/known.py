"""The links a process knows by heart, so that most visits need no look-up."""

import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from advocacy.links.models import Link
from advocacy.links.targets import target_with_tags

AWAY = (OperationalError, InterfaceError, PoolTimeout)


class Destination(NamedTuple):
    """Where a code leads, tags included, and whether its visits are still counted."""

    address: str
    frozen: bool


class DatabaseAway(Exception):
    """Nobody can say now where this code leads."""


class KnownLinks:
    """Looks codes up and remembers the answers for a while, the most used ones longest.

    What a remembered answer gets wrong does no harm: addresses of links never change,
    and a visit to a link frozen meanwhile is left out when it is stored.
    """

    def __init__(
        self, engine: Engine, *, most: int = 50_000, seconds: float = 60.0
    ) -> None:
        self.engine = engine
        self.most = most
        self.seconds = seconds
        self._lock = Lock()
        self.remembered: OrderedDict[str, tuple[float, Destination]] = OrderedDict()

    def find(self, code: str) -> Destination | None:
        """Where the code leads; None when it leads nowhere. Raises DatabaseAway."""
        with self._lock:
            remembered = self.remembered.get(code)
            if remembered is not None:
                self.remembered.move_to_end(code)
        if remembered and time.monotonic() < remembered[0]:
            return remembered[1]
        try:
            found = self.look_up(code)
        except AWAY as error:
            if remembered:
                return remembered[1]  # old, and better than nothing
            raise DatabaseAway from error
        self._remember(code, found)
        return found

    def look_up(self, code: str) -> Destination | None:
        question = select(Link.target, Link.item_id, Link.frozen)
        with self.engine.connect() as connection:
            row = connection.execute(question.where(Link.code == code)).one_or_none()
        if row is None:
            return None
        return Destination(target_with_tags(row.target, row.item_id), row.frozen)

    def _remember(self, code: str, found: Destination | None) -> None:
        with self._lock:
            if found is None:
                # Guesses must not push out what is real.
                self.remembered.pop(code, None)
                return
            self.remembered[code] = (time.monotonic() + self.seconds, found)
            self.remembered.move_to_end(code)
            if len(self.remembered) > self.most:
                self.remembered.popitem(last=False)
