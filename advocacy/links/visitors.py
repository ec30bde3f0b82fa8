"""Who was here before today: in memory, under a key nobody has, gone with the day.

Nothing here can be read back as an address, a browser or a person. A process keeps its
own set: after a restart, or with several processes, the same visitor may be counted
once more.
"""

from datetime import date
from hashlib import blake2b
from secrets import token_bytes
from threading import Lock

import structlog

from advocacy.links.models import Outcome
from advocacy.links.visits import IPV4_CORNER, as_number

# About 80 MB. Beyond it visits go uncounted for the rest of the day: a flood, not an
# audience.
MOST_REMEMBERED = 1_000_000
# So many different links from one network within so many seconds are a machine's work.
BURST_CODES = 3
BURST_SECONDS = 5.0

log = structlog.get_logger()


class Visitors:
    """Decides whether a visit is somebody's first to this link today."""

    def __init__(self, most_remembered: int = MOST_REMEMBERED) -> None:
        self._most = most_remembered
        self._lock = Lock()
        self._day: date | None = None
        self.key = b""
        self.seen: set[int] = set()
        # Links visited from each network in the last seconds, and in those before.
        self.recent: dict[int, set[str]] = {}
        self.before: dict[int, set[str]] = {}
        self._turned = 0.0

    def judge(
        self, code: str, address: str, agent: str, day: date, seconds: float
    ) -> Outcome:
        """COUNTED once per visitor, link and UTC day; `seconds` never run back."""
        with self._lock:
            if day != self._day:
                self._begin(day)
            if self._is_burst(code, address, seconds):
                return Outcome.SCANNER
            # The code is part of it, so that two links never show the same visitor.
            visitor = self._hash(code, address, agent)
            if visitor in self.seen or len(self.seen) >= self._most:
                return Outcome.AGAIN
            self.seen.add(visitor)
            if len(self.seen) == self._most:
                log.warning("no more visitors fit in memory today", count=self._most)
            return Outcome.COUNTED

    def _begin(self, day: date) -> None:
        self._day = day
        self.key = token_bytes(32)
        self.seen = set()
        self.recent, self.before = {}, {}

    def _hash(self, *parts: str) -> int:
        text = "\0".join(parts)
        digest = blake2b(
            text.encode("utf-8", "replace"), key=self.key, digest_size=8
        ).digest()
        return int.from_bytes(digest, "big")

    def _is_burst(self, code: str, address: str, seconds: float) -> bool:
        """Whether this network visited several links just now; older visits are forgotten."""
        if seconds - self._turned > BURST_SECONDS:
            stale = seconds - self._turned > 2 * BURST_SECONDS
            self.before = {} if stale else self.recent
            self.recent = {}
            self._turned = seconds
        network = self._hash(str(network_of(address)))
        codes = self.recent.setdefault(network, set())
        codes.add(code)
        return len(codes | self.before.get(network, set())) >= BURST_CODES


def network_of(address: str) -> int:
    """The neighbourhood of an address: machines that scan sit side by side in it."""
    number = as_number(address)
    # /24 of IPv4, /48 of IPv6.
    return number >> 8 if number >> 32 == IPV4_CORNER >> 32 else number >> 80
