"""The threads of one worker process that post, one share each (performance.md 5).

They mostly wait for the network, so there are many more of them than of Celery's, which
only wake them.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Condition, Lock

import structlog

log = structlog.get_logger()

# A stop waits so long for posts under way; the longest call takes 30 s (2.12).
LAST_SECONDS = 45.0
# Posts in hand that wait for a thread, so that none waits for a post.
AHEAD = 20
GATHERING_SECONDS = 0.1


class Crew:
    """Places for posts in hand: as many as there are threads, and a few that wait."""

    def __init__(self, threads: int = 8) -> None:
        """Threads begin when they are first needed."""
        self._places = self._free = threads + AHEAD
        self._changed = Condition()
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="post")
        self._at_work: set[Future[None]] = set()
        # Held by the one who hands out work in this process; more would only queue up.
        self.leading = Lock()

    def take_places(self, most: int) -> int:
        """Wait for a free place, and take up to `most`."""
        with self._changed:
            self._changed.wait_for(lambda: self._free > 0)
            # A moment later there are more: one transaction then serves them all.
            self._changed.wait_for(lambda: self._free >= most, GATHERING_SECONDS)
            taken = min(most, self._free)
            self._free -= taken
        return taken

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until nothing is in hand, and keep it so."""
        with self._changed:
            self._changed.wait_for(lambda: self._free == self._places)
            self._free = 0
        try:
            yield
        finally:
            self.free_places(self._places)

    def free_places(self, count: int) -> None:
        """Places that were taken and are not needed, or not any more."""
        with self._changed:
            self._free += count
            self._changed.notify_all()

    def start(self, post: Callable[[], None]) -> None:
        """Let a thread do it, in a place that was taken; its end frees the place."""
        doing = self._pool.submit(post)
        self._at_work.add(doing)
        doing.add_done_callback(self._ended)

    def end(self) -> None:
        """Wait for what is under way, but not for ever."""
        wait(list(self._at_work), LAST_SECONDS)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ended(self, done: Future[None]) -> None:
        self._at_work.discard(done)
        self.free_places(1)
        if error := done.exception():
            # Where a bug is, without what its message quotes.
            log.error("post_failed", exc_info=error)
