"""Leaving a host alone for a while that has failed too often in a row.

Each process keeps its own count: nothing is shared, and nothing outlasts a restart.
"""

import time
from collections import Counter
from threading import Lock

from integrations.errors import NotDone

MOST_FAILURES = 10
REST_SECONDS = 60.0
# Safe to compare with: no service gives this code.
RESTING = "resting"


class Breaker:
    """Counts failures by host; after the rest a single one is enough to rest again."""

    def __init__(
        self, most: int = MOST_FAILURES, rest_seconds: float = REST_SECONDS
    ) -> None:
        """Nothing has failed yet."""
        self._most = most
        self._rest_seconds = rest_seconds
        self._lock = Lock()
        self._failures: Counter[str] = Counter()
        self._rests_until: dict[str, float] = {}

    def check(self, host: str) -> None:
        """Raise `NotDone` while the host is left alone."""
        with self._lock:
            left = self._rests_until.get(host, 0) - time.monotonic()
        if left > 0:
            reason = "it failed too often just now"
            raise NotDone(reason, wait=int(left) + 1, code=RESTING)

    def answered(self, host: str, status: int) -> None:
        """It answered. A refusal makes sense, too; from 500 on it is in trouble."""
        if status >= 500:
            self.failed(host)
            return
        with self._lock:
            del self._failures[host]
            self._rests_until.pop(host, None)

    def failed(self, host: str) -> None:
        """It was not there, or did not answer."""
        with self._lock:
            self._failures[host] += 1
            if self._failures[host] >= self._most:
                self._rests_until[host] = time.monotonic() + self._rest_seconds
