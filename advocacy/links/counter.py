"""Counts visits durably: one writing thread, with batches that grow with the load."""

import threading
from datetime import date
from multiprocessing import util

import structlog
from sqlalchemy import Engine

from advocacy.links.models import Outcome
from advocacy.links.storing import Line, Stored

Key = tuple[str, date, Outcome]
Rows = dict[Key, int]
PAUSE_SECONDS = 0.5

log = structlog.get_logger()


class Counter:
    """Adds visits to the counts of their day. Any number of threads may call it."""

    def __init__(
        self, engine: Engine, *, wait_seconds: float = 2.0, most_kept: int = 10_000
    ) -> None:
        self.not_recorded = 0
        self.line = Line(engine)
        self._wait_seconds = wait_seconds
        self._most_kept = most_kept
        lock = threading.Lock()
        self._work = threading.Condition(lock)
        self._done = threading.Condition(lock)
        self._closing = threading.Event()
        self._waiting: Rows = {}
        self._asked = 0  # visits handed in so far
        self._settled = 0  # of these, so many from the first on are stored or given up
        self._away = False
        self.writer: threading.Thread | None = None

    def record(
        self, code: str, day: date, outcome: Outcome, *, wait: bool = True
    ) -> bool:
        """Count one visit and, with `wait`, come back when it is stored.

        False: it was not stored in time. It is kept, up to a limit, and stored later.
        """
        with self._work:
            if not self._keep((code, day, outcome), 1):
                return False
            self._asked += 1
            mine = self._asked
            self._ensure_writer()
            self._work.notify()
            if not wait:
                return True
            self._done.wait_for(
                lambda: self._settled >= mine or self._away, self._wait_seconds
            )
            return self._settled >= mine

    def close(self, seconds: float = 5.0) -> None:
        """Store what waits and end the writer; the process is about to end."""
        self._closing.set()
        with self._work:
            writer = self.writer
            self._work.notify()
        if writer is not None:
            writer.join(seconds)

    def _keep(self, key: Key, visits: int) -> bool:
        if key not in self._waiting and len(self._waiting) >= self._most_kept:
            self._lose(visits)
            return False
        self._waiting[key] = self._waiting.get(key, 0) + visits
        return True

    def _lose(self, visits: int) -> None:
        """Tell the operator how many visits are lost; never of which link."""
        self.not_recorded += visits
        log.warning("visits not recorded", count=self.not_recorded)

    def _ensure_writer(self) -> None:
        """Start in the process that serves, not in its parent; again if it died."""
        if self.writer is None:
            # Also runs when a server's child process ends, where atexit does not.
            util.Finalize(None, self.close, exitpriority=10)
        elif self.writer.is_alive():
            return
        self.writer = threading.Thread(
            target=self._write_on, name="visit-writer", daemon=True
        )
        self.writer.start()

    def _write_on(self) -> None:
        while batch := self._next_batch():
            rows, upto = batch
            stored = Stored.NEVER
            try:
                stored = self.line.store(rows)
            finally:
                # Also when the writer dies of a bug: nobody waits for what will not
                # come.
                self._settle(rows, upto, stored)
            if stored is Stored.LATER:
                self._closing.wait(PAUSE_SECONDS)
        self.line.close()

    def _next_batch(self) -> tuple[Rows, int] | None:
        """All that waits, and how many were handed in by then; None at the end."""
        with self._work:
            self._work.wait_for(lambda: self._waiting or self._closing.is_set())
            if not self._waiting:
                return None
            rows, self._waiting = self._waiting, {}
            return rows, self._asked

    def _settle(self, rows: Rows, upto: int, stored: Stored) -> None:
        with self._work:
            self._away = stored is Stored.LATER
            if self._away and not self._closing.is_set():
                newer, self._waiting = self._waiting, rows
                for key, visits in newer.items():
                    self._keep(key, visits)
            else:
                if stored is not Stored.YES:
                    self._lose(sum(rows.values()))
                self._settled = upto
            self._done.notify_all()
