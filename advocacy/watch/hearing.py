"""Whether this worker still hears its broker (reliability.md 3.1, "Deaf worker").

After a lost connection a worker can be alive and get nothing. It sends itself a message a
minute: when the broker takes those and none arrives, the worker ends, and whoever started
it starts another. A broker that is away is no reason: the worker connects again by itself.
"""

from dataclasses import dataclass, field
from threading import Lock

LONGEST_SILENCE = 180.0  # seconds


@dataclass
class Hearing:
    """What one worker got to do; times are those of the monotonic clock."""

    threads: int
    busy: int = 0
    heard_at: float = 0.0
    # The first message to itself that the broker took since anything was heard.
    waits_since: float | None = None
    _lock: Lock = field(default_factory=Lock)

    def began(self, at: float) -> None:
        """A task began: the broker was heard."""
        with self._lock:
            self.busy += 1
            self.heard_at = at
            self.waits_since = None

    def ended(self) -> None:
        """A task ended, well or not."""
        with self._lock:
            self.busy -= 1

    def sent(self, at: float, *, taken: bool) -> None:
        """A message to itself; a broker that does not take it starts the wait anew."""
        with self._lock:
            if not taken:
                self.waits_since = None
            elif self.waits_since is None:
                self.waits_since = at

    def deaf(self, at: float) -> bool:
        """Nothing came for too long, with a thread free to take it."""
        with self._lock:
            waits = self.waits_since is not None and self.busy < self.threads
            return waits and at - (self.waits_since or at) >= LONGEST_SILENCE
