"""The links a process knows by heart, so that most visits need no look-up."""

import time
from collections import OrderedDict
from threading import Lock
from typing import NamedTuple, TypeVar

from sqlalchemy import Engine, select

from advocacy.links.codes import can_be_code
from advocacy.links.models import Link
from advocacy.links.targets import target_with_tags
from integrations.database_away import DATABASE_AWAY

# So long a database that failed is not asked again: each question that fails keeps a
# thread for seconds.
PAUSE_SECONDS = 1.0

Value = TypeVar("Value")


class Destination(NamedTuple):
    """Where a code leads, tags included, and whether its visits are still counted."""

    address: str
    frozen: bool


class DatabaseAway(Exception):
    """Nobody can say now where this code leads."""


class LinkCache:
    """Looks codes up and remembers the answers for a while, the asked-for ones longest.

    What a remembered answer gets wrong does no harm: addresses of links never change,
    visits to a link that was frozen or ended meanwhile are left out when they are
    counted, and a code is stored before anybody can have it. One that ended leads on for
    these seconds, or until the database is back. So no process need be told of a change.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        most: int = 50_000,
        most_unknown: int = 10_000,
        seconds: float = 30.0,
    ) -> None:
        self.engine = engine
        self.most = most
        self.most_unknown = most_unknown
        self.seconds = seconds
        self._lock = Lock()
        self._paused_until = 0.0
        # Until when, and what. Known codes stay beyond that time for a database that is
        # away. Unknown ones are kept apart: guesses must not push out what is real.
        self.known: OrderedDict[str, tuple[float, Destination]] = OrderedDict()
        self.unknown: OrderedDict[str, float] = OrderedDict()

    def remembered(self, code: str) -> Destination | None:
        """Where the code leads; None when it leads nowhere. Waits for nobody.

        Raises KeyError when only `find` can tell.
        """
        known = self.known.get(code)
        if known is not None:
            if time.monotonic() < known[0]:
                return known[1]
        elif not can_be_code(code) or time.monotonic() < self.unknown.get(code, 0.0):
            return None
        raise KeyError

    def find(self, code: str) -> Destination | None:
        """As `remembered`, else asks the database. Raises DatabaseAway."""
        try:
            return self.remembered(code)
        except KeyError:
            known = self.known.get(code)
            return self._ask_again(code, known[1]) if known else self._ask(code)

    def _ask_again(self, code: str, old: Destination) -> Destination | None:
        # Whoever comes meanwhile goes on with the old answer instead of asking too.
        self._remember(code, old)
        try:
            return self._ask(code)
        except DatabaseAway:
            return old  # better than nothing

    def _ask(self, code: str) -> Destination | None:
        if time.monotonic() < self._paused_until:
            raise DatabaseAway
        try:
            found = self.look_up(code)
        except DATABASE_AWAY as error:
            self._paused_until = time.monotonic() + PAUSE_SECONDS
            raise DatabaseAway from error
        self._remember(code, found)
        return found

    def look_up(self, code: str) -> Destination | None:
        """Ask the database, in one way there and back."""
        question = select(Link.target, Link.item_id, Link.frozen)
        with self.engine.connect() as connection:
            row = (
                connection.execution_options(isolation_level="AUTOCOMMIT")
                .execute(question.where(Link.code == code))
                .one_or_none()
            )
        if row is None:
            return None
        return Destination(target_with_tags(row.target, row.item_id), row.frozen)

    def _remember(self, code: str, found: Destination | None) -> None:
        until = time.monotonic() + self.seconds
        with self._lock:
            if found is None:
                self.known.pop(code, None)
                _put(self.unknown, code, until, self.most_unknown)
            else:
                self.unknown.pop(code, None)
                _put(self.known, code, (until, found), self.most)


def _put(kept: OrderedDict[str, Value], code: str, value: Value, most: int) -> None:
    """Put it last; the first, which nobody asked for longest, makes room."""
    kept[code] = value
    kept.move_to_end(code)
    if len(kept) > most:
        kept.popitem(last=False)
