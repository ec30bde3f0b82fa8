"""The threads of one worker process that post, one share each.

They mostly wait for the network, so there are many more of them than of Celery's, which
only wake them.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Barrier, Condition, Lock

import structlog

log = structlog.get_logger()

# A stop waits so long for posts under way; the longest call takes 30 s (2.12).
LAST_SECONDS = 45.0
# Posts in hand that wait for a thread, so that none waits for a post: as many as leave
# while places are gathered, and the next are taken in hand.
AHEAD = 80
GATHERING_SECONDS = 0.2


class Crew:
    """Places for posts in hand: as many as there are threads, and a few that wait."""

    def __init__(self, threads: int = 8) -> None:
        """Threads begin when they are first needed, or with `begin`."""
        self._threads = threads
        self._places = self._free = threads + AHEAD
        self._changed = Condition()
        self._stopped = False
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="post")
        self._in_hand: dict[Future[None], Callable[[], None]] = {}
        # Held by the one who hands out work in this process; more would only queue up.
        self.leading = Lock()

    def begin(self) -> None:
        """Start all threads. RuntimeError when the machine does not have so many."""
        together = Barrier(self._threads)
        for _thread in range(self._threads):
            self._pool.submit(together.wait)

    def take_places(self, most: int) -> int:
        """Wait for a free place, and take up to `most`; none after a stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._free > 0 or self._stopped)
            # A moment later there are more: one transaction then serves them all.
            enough = lambda: self._free >= most or self._stopped  # noqa: E731
            self._changed.wait_for(enough, GATHERING_SECONDS)
            taken = 0 if self._stopped else min(most, self._free)
            self._free -= taken
        return taken

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Wait until nothing is in hand, and keep it so; False after a stop."""
        with self._changed:
            self._changed.wait_for(lambda: self._free == self._places or self._stopped)
            taken = 0 if self._stopped else self._places
            self._free -= taken
        try:
            yield taken > 0
        finally:
            self.free_places(taken)

    def free_places(self, count: int) -> None:
        """Places that were taken and are not needed, or not any more."""
        with self._changed:
            self._free += count
            self._changed.notify_all()

    def start(self, post: Callable[[], None]) -> None:
        """Let a thread do it, in a place that was taken; its end frees the place."""
        doing = self._pool.submit(post)
        self._in_hand[doing] = post
        doing.add_done_callback(self._ended)

    def stop(self) -> list[Callable[[], None]]:
        """Take nothing more; what waited for a thread, and now never gets one."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        return [post for doing, post in list(self._in_hand.items()) if doing.cancel()]

    def end(self) -> None:
        """Wait for what is under way. Python itself waits on for threads at its exit."""
        wait(list(self._in_hand), LAST_SECONDS)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _ended(self, done: Future[None]) -> None:
        self._in_hand.pop(done, None)
        self.free_places(1)
        if done.cancelled():
            return
        if error := done.exception():
            # Where a bug is, without what its message quotes.
            log.error("post_failed", exc_info=error)
