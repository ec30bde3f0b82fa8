"""Stores visits before their visitors go on: one thread, with batches that grow with the load."""

import threading
from collections import Counter
from datetime import date
from multiprocessing import util

import structlog
from psycopg import Error
from sqlalchemy import Engine

from advocacy.links.batch_store import BatchStore
from advocacy.links.batches import NOBODYS, Batch, Visit
from advocacy.links.models import Outcome
from advocacy.links.spool import Spool, SpoolFull

# How long a visitor waits for the database; and one who comes while it is known to be
# away, for others to share a file with.
PATIENCE_SECONDS = 1.0
AWAY_SECONDS = 0.05
# Between two tries to reach a database that is away.
PAUSE_SECONDS = 0.5
# Visits in one batch; beyond it they go to the disk without the database.
MOST_GATHERED = 10_000
# Why visits were lost.
DISK, FULL = "disk", "spool_full"

log = structlog.get_logger()


class ClickWriter:
    """Stores visits for any number of threads: in the database, else on the disk."""

    def __init__(self, engine: Engine, spool: Spool | None = None) -> None:
        """Without a spool nothing is kept on the disk."""
        self.store = BatchStore(engine)
        self.spool = spool
        self.losses: Counter[Visit] = Counter()
        self.thread: threading.Thread | None = None
        self._gathering = Batch()
        self._away = False  # visitors need not wait for the database
        self._closing = threading.Event()
        self._guard = threading.Lock()
        self._keeping = threading.Lock()  # one file at a time
        self._idle = False
        self._wake = threading.Lock()  # taken; let go to wake the writer up
        self._wake.acquire()

    def record(
        self, code: str, day: date, outcome: Outcome, *, wait: bool = True
    ) -> bool:
        """Store one visit and, with `wait`, come back when it is on a disk.

        False: neither the database nor the disk took it, and it is counted as lost.
        """
        visit = (code, day, outcome.value)
        with self._guard:
            batch = self._gathering
            if wait:
                done = batch.add_waiting(visit)
            else:
                batch.add(visit)
            self._ensure_writer()
            if self._idle:
                self._idle = False
                self._wake.release()
        if len(batch.visits) >= MOST_GATHERED:
            self._keep(batch)
        if not wait:
            return True
        if not done.acquire(timeout=AWAY_SECONDS if self._away else PATIENCE_SECONDS):
            self._say_away("Silence")  # until the writer says otherwise
            self._keep(batch)
        return batch.stored

    def close(self, seconds: float = 5.0) -> None:
        """Store what gathered and end the writer; the process is about to end."""
        self._closing.set()
        with self._guard:
            writer = self.thread
            if self._idle:
                self._idle = False
                self._wake.release()
        if writer is not None:
            writer.join(seconds)

    def _ensure_writer(self) -> None:
        """Start in the process that serves, not in its parent; again if it died."""
        if self.thread is None:
            # Also runs when a server's child process ends, where atexit does not.
            util.Finalize(None, self.close, exitpriority=10)
        elif self.thread.is_alive():
            return
        self.thread = threading.Thread(
            target=self._write_on, name="click-writer", daemon=True
        )
        self.thread.start()

    def _write_on(self) -> None:
        while (batch := self._next_batch()) is not None:
            try:
                stored = self._stored(batch)
            finally:
                # Also when the writer dies of a bug: nobody waits for what will not come.
                self._keep(batch)
            if not stored:
                self._wait_for_database()
        self.store.close()

    def _next_batch(self) -> Batch | None:
        """What gathered, and the losses that are not written down yet; None at the end."""
        while True:
            with self._guard:
                if self._gathering.visits:
                    batch, self._gathering = self._gathering, Batch()
                    self._add_losses(batch)
                    return batch
                if self._closing.is_set():
                    return None
                self._idle = True
            self._wake.acquire()

    def _stored(self, batch: Batch) -> bool:
        """Whether the database took it."""
        try:
            self.store.store(batch.id, batch.text())
        except Error as error:
            # The error itself may quote the codes, so only its kind may be told.
            self._say_away(type(error).__name__)
            return False
        self._away = False
        with self._guard:
            batch.settle(stored=True)
        return True

    def _say_away(self, kind: str) -> None:
        if not self._away:
            log.warning("visits_wait", kind=kind)
        self._away = True

    def _wait_for_database(self) -> None:
        """Until it takes a batch again: one that carries nothing but losses."""
        trial = Batch()
        with self._guard:
            self._add_losses(trial)
        while not self._closing.wait(PAUSE_SECONDS):
            if self._stored(trial):
                return
            self._keep(self._gathering)
        self._keep(trial)

    def _keep(self, batch: Batch) -> None:
        """On the disk, unless it is stored; any thread may, also while the writer is at it:
        the batch's number sees to it that it counts once.
        """
        with self._keeping:
            with self._guard:
                if batch.settled or batch.is_empty:
                    return
                if self._gathering is batch:
                    self._gathering = Batch()
            reason = self._reason_not_kept(batch)
            with self._guard:
                if reason:
                    self._lose(batch, reason)
                batch.settle(stored=not reason)

    def _reason_not_kept(self, batch: Batch) -> str:
        """Empty: it is on the disk."""
        if self.spool is None:
            return DISK
        try:
            self.spool.keep(batch.id, batch.text())
        except SpoolFull:
            return FULL
        except OSError:
            return DISK
        return ""

    def _lose(self, batch: Batch, reason: str) -> None:
        """Tell the operator how many, never of which link."""
        self.losses.update(batch.losses)
        self.losses.update((NOBODYS, day, reason) for _code, day, _ in batch.visits)
        log.warning("visits_lost", count=len(batch.visits), reason=reason)

    def _add_losses(self, batch: Batch) -> None:
        batch.losses, self.losses = self.losses, Counter()
