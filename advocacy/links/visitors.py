"""Who was here before today: in memory, under a key nobody has, gone with the day.

Nothing here can be read back as an address, a browser or a person. A process keeps its
own set: after a restart, or with several processes, the same visitor may be counted
once more, unless the processes share another (`shared_visitors`).
"""

from datetime import date
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock

import structlog

from advocacy.links.callers import network_of
from advocacy.links.models import Outcome

# About 80 MB. Beyond it visits go uncounted for the rest of the day: a flood, not an
# audience.
MOST_REMEMBERED = 1_000_000
# So many different links from one network within so many seconds are a machine's work.
BURST_CODES = 3
BURST_SECONDS = 5.0

log = structlog.get_logger()

Codes = tuple[str, ...]


class Visitors:
    """Decides whether a visit is somebody's first to this link today."""

    def __init__(self, most_remembered: int = MOST_REMEMBERED) -> None:
        self._most = most_remembered
        self._lock = Lock()
        self._day = date.min
        self.key = b""
        self._keyed = blake2b()
        self.seen: set[bytes] = set()
        # Links visited from each network in the last seconds, and in those before.
        self.recent: dict[int, Codes] = {}
        self.before: dict[int, Codes] = {}
        self._turned = 0.0

    def judge(
        self, code: str, caller: bytes, agent: str, day: date, seconds: float
    ) -> Outcome:
        """COUNTED once per visitor, link and UTC day; `seconds` never run back."""
        network = network_of(caller)
        with self._lock:
            self._begin(day)
            if self._is_burst(code, network, seconds):
                return Outcome.SCANNER
            # The code is part of it, so that two links never show the same visitor.
            hashing = self._keyed.copy()
            hashing.update(f"{code}{agent}\0".encode("utf-8", "replace") + caller)
            visitor = hashing.digest()
            if visitor in self.seen or len(self.seen) >= self._most:
                return Outcome.AGAIN
            self.seen.add(visitor)
            if len(self.seen) == self._most:
                log.warning("no more visitors fit in memory today", count=self._most)
            return Outcome.COUNTED

    def begin(self, day: date) -> None:
        """Forget the days before."""
        with self._lock:
            self._begin(day)

    def _begin(self, day: date) -> None:
        # A thread may come late with the day before: that day is over.
        if day <= self._day:
            return
        self._day = day
        self.key = token_bytes(32)
        self._keyed = blake2b(key=self.key, digest_size=8)
        self.seen = set()
        self.recent, self.before = {}, {}

    def _is_burst(self, code: str, network: bytes, seconds: float) -> bool:
        """Whether this network visited several links just now; older visits are forgotten."""
        if seconds - self._turned > BURST_SECONDS:
            stale = seconds - self._turned > 2 * BURST_SECONDS
            self.before = {} if stale else self.recent
            self.recent = {}
            self._turned = seconds
        number = hash(self.key + network)
        codes = self.recent.get(number, ())
        if code not in codes and len(codes) < BURST_CODES:
            self.recent[number] = codes = (*codes, code)
        before = self.before.get(number)
        return len({*codes, *before} if before else codes) >= BURST_CODES
