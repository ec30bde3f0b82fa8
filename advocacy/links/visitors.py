"""Who was here before today: in memory, under a key nobody has, gone with the day.

Nothing here can be read back as an address, a browser or a person. A process keeps its
own set: after a restart, or with several processes, the same visitor may be counted
once more.
"""

from collections import deque
from datetime import date
from hashlib import blake2b
from ipaddress import ip_network
from secrets import token_bytes
from threading import Lock

import structlog

from advocacy.links.models import Outcome
from advocacy.links.visits import parse_address

# About 80 MB. Beyond it visits go uncounted for the rest of the day: a flood, not an
# audience.
MOST_REMEMBERED = 1_000_000
# So many different links from one network within so many seconds are a machine's work.
BURST_CODES = 3
BURST_SECONDS = 5.0
MOST_NETWORKS = 10_000

log = structlog.get_logger()


class Visitors:
    """Decides whether a visit is somebody's first to this link today."""

    def __init__(self, most_remembered: int = MOST_REMEMBERED) -> None:
        self._most = most_remembered
        self._lock = Lock()
        self._day: date | None = None
        self.key = b""
        self.seen: set[int] = set()
        self.bursts: dict[int, deque[tuple[float, int]]] = {}

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
        self.bursts = {}

    def _hash(self, *parts: str) -> int:
        # The lengths in front keep ("ab", "c") and ("a", "bc") apart.
        text = "".join(f"{len(part)}:{part}" for part in parts)
        digest = blake2b(
            text.encode("utf-8", "replace"), key=self.key, digest_size=8
        ).digest()
        return int.from_bytes(digest, "big")

    def _is_burst(self, code: str, address: str, seconds: float) -> bool:
        network = self._hash(network_of(address))
        if len(self.bursts) >= MOST_NETWORKS and network not in self.bursts:
            self.bursts.pop(next(iter(self.bursts)))
        recent = self.bursts.setdefault(network, deque(maxlen=64))
        while recent and seconds - recent[0][0] > BURST_SECONDS:
            recent.popleft()
        recent.append((seconds, self._hash(code)))
        return len({hashed for _, hashed in recent}) >= BURST_CODES


def network_of(address: str) -> str:
    """The neighbourhood of an address: machines that scan sit side by side in it."""
    parsed = parse_address(address)
    if parsed is None:
        return ""
    size = 24 if parsed.version == 4 else 48
    return str(ip_network((parsed, size), strict=False))
