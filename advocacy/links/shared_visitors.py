"""Who was here before today, for several processes: in a server that keeps nothing on a disk.

The server holds hashes under a random key of the day, and the key; both end with the day.
Whoever can read it can find out until then whether a certain address with a certain
browser visited a certain link, so nobody else may. What it does not answer in time stays
as this process's own memory has it.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import blake2b
from secrets import token_bytes
from time import monotonic

import structlog
from redis.exceptions import RedisError

from advocacy.links.visitors import MOST_REMEMBERED
from integrations.clock import next_midnight, now
from integrations.memory_server import open_memory

# After it did not answer, nobody waits for it.
PAUSE_SECONDS = 5.0
# How often a connection is made anew, which asks whether the server keeps to memory.
TRUSTED_SECONDS = 60.0

log = structlog.get_logger()


def fingerprint(code: str, caller: bytes, agent: str) -> bytes:
    """Who visited which link, the same in every process; it is not kept anywhere."""
    whole = f"{code}{agent}\0".encode("utf-8", "replace") + caller
    return blake2b(whole, digest_size=32).digest()


class SharedVisitors:
    """For one thread of a process. Nothing is asked before the first visit."""

    def __init__(self, address: str, most_remembered: int = MOST_REMEMBERED) -> None:
        self.server = open_memory(address)
        self._most = most_remembered
        self._day = date.min
        self._key = b""
        self._full = False
        self._failed = False
        self._paused_until = self._trusted_until = monotonic()

    def known(self, day: date, visitors: Sequence[bytes]) -> list[bool]:
        """Which of these `fingerprint`s any process has asked about before, that UTC day.

        A day that is over is forgotten, so none; and so when the server does not answer.
        """
        none = [False] * len(visitors)
        moment = now()
        left = int((next_midnight(moment) - moment).total_seconds())
        if day != moment.date() or left < 1 or monotonic() < self._paused_until:
            return none
        try:
            self.begin(day)
            self._look_anew()
            found = self._ask(visitors, left)
        except (RedisError, OSError) as error:
            self._paused_until = monotonic() + PAUSE_SECONDS
            if not self._failed:
                # Its words may hold the address, and with it a password.
                log.warning("visitors_apart", kind=type(error).__name__)
            self._failed = True
            return none
        self._failed = False
        return found

    def begin(self, day: date) -> None:
        """Forget the days before; the server does so by itself."""
        if day > self._day:
            self._day, self._key, self._full = day, token_bytes(32), False

    def _look_anew(self) -> None:
        if monotonic() > self._trusted_until:
            self.server.close()
            self._trusted_until = monotonic() + TRUSTED_SECONDS

    def _ask(self, visitors: Sequence[bytes], left: int) -> list[bool]:
        if self._full:
            return [True] * len(visitors)
        added = self._add(visitors, left)
        if added is None:
            # Another process was first with a key, today or since the server was emptied.
            added = self._add(visitors, left)
        return [one == 0 for one in added or [1] * len(visitors)]

    def _add(self, visitors: Sequence[bytes], left: int) -> list[int] | None:
        """1 for each that is new; None when the day has another key, which is taken over."""
        key, seen = f"visitors:key:{self._day}", f"visitors:{self._day}"
        asking = self.server.pipeline(transaction=False)
        asking.set(key, self._key, nx=True, ex=left)
        asking.get(key)
        for visitor in visitors:
            asking.sadd(seen, blake2b(visitor, key=self._key, digest_size=8).digest())
        asking.expire(seen, left)
        asking.scard(seen)
        _, held, *added, _, count = asking.execute()
        if held != self._key:
            self._key = held or self._key
            return None
        if count >= self._most:
            self._full = True
            log.warning("no more visitors fit in memory today", count=count)
        return added
