"""Stores visits before their visitors go on: one thread, with batches that grow with the load."""

import threading
from collections.abc import Callable
from datetime import date
from itertools import compress
from multiprocessing import util

import structlog
from psycopg import Error
from sqlalchemy import Engine

from advocacy.links.batch_store import BatchStore
from advocacy.links.batches import DISK, FULL, Batch, Visit
from advocacy.links.losses import Losses
from advocacy.links.shared_visitors import SharedVisitors
from advocacy.links.spool import Spool, SpoolFull
from integrations.clock import next_midnight, now

# How long a visitor waits for the database; and one who comes while it is known to be
# away, for others to share a file with.
PATIENCE_SECONDS = 1.0
AWAY_SECONDS = 0.05
# Between two tries to reach a database that is away.
PAUSE_SECONDS = 0.5

log = structlog.get_logger()


def until_midnight() -> float:
    """Seconds until a new day has begun in UTC."""
    moment = now()
    return (next_midnight(moment) - moment).total_seconds() + 0.1


class ClickWriter:
    """Stores visits from any number of threads: in the database, else on the disk."""

    def __init__(
        self, engine: Engine, spool: Spool, shared: SharedVisitors | None = None
    ) -> None:
        self.store = BatchStore(engine)
        self.spool = spool
        self.shared = shared
        self.losses = Losses()
        self.thread: threading.Thread | None = None
        # Told of a new day although nobody comes.
        self.at_midnight: Callable[[date], None] = lambda _day: None
        self._gathering = Batch()
        self._sending: Batch | None = None  # the writer has it in hand
        self._away = False  # visitors need not wait for the database
        self._closing = threading.Event()
        self._guard = threading.Lock()
        self._keeping = threading.Lock()  # one file at a time
        self._idle = False
        self._wake = threading.Lock()  # taken; let go to wake the writer up
        self._wake.acquire()

    def add(self, visit: Visit, visitor: bytes = b"") -> Batch:
        """Take one visit. Nothing is waited for: whoever wants to asks to be told (`tell`).

        A `visitor` (`fingerprint`) whom another process has seen is counted as AGAIN.
        """
        with self._guard:
            batch = self._gathering
            batch.add(visit, visitor)
            self._ensure_writer()
            self._wake_up()
        return batch

    def tell(self, batch: Batch, call: Callable[[], object]) -> None:
        """Call once it is settled: at once, or from the thread that settles it.

        If it is not stored then, neither the database nor the disk has taken it. It is
        counted as lost, unless the writer has it in hand and can store it later.
        """
        with self._guard:
            if not batch.is_settled:
                batch.waiting.append(call)
                return
        call()

    @property
    def patience(self) -> float:
        """How many seconds the visitors of a new batch wait before one gives up."""
        return AWAY_SECONDS if self._away else PATIENCE_SECONDS

    def give_up(self, batch: Batch) -> None:
        """Its visitors waited long enough: on the disk with it. Waits for the disk."""
        with self._guard:
            if batch.is_settled:
                return
            self._say_away("Silence")  # until the writer says otherwise
        self.keep(batch)

    def close(self, seconds: float = 5.0) -> None:
        """Store what gathered and end the writer; the process is about to end."""
        self._closing.set()
        with self._guard:
            writer = self.thread
            self._wake_up()
        if writer is not None:
            writer.join(seconds)

    def _wake_up(self) -> None:
        if self._idle:
            self._idle = False
            self._wake.release()

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
                self._ask_others(batch)
                if not self._stored(batch):
                    self._wait_for_database(batch)
            finally:
                # Also when the writer dies of a bug: nobody waits for what will not come.
                self._let_go(batch)
        self.keep(self._batch_of_losses())
        self.store.close()

    def _next_batch(self) -> Batch | None:
        """What gathered, and the losses that are not written down yet; None at the end."""
        while True:
            with self._guard:
                if self._gathering.visits:
                    batch, self._gathering = self._gathering, Batch()
                    self.losses.put_into(batch)
                    self._sending = batch
                    return batch
                if self._closing.is_set():
                    return None
                self._idle = True
            while not self._wake.acquire(timeout=until_midnight()):
                self._begin(now().date())

    def _begin(self, day: date) -> None:
        self.at_midnight(day)
        if self.shared is not None:
            self.shared.begin(day)

    def _ask_others(self, batch: Batch) -> None:
        """Once for each batch: asked again, they would know its own visitors."""
        if self.shared is None or not batch.firsts:
            return
        day = batch.visits[-1][1]
        firsts = {
            place: visitor
            for place, visitor in batch.firsts.items()
            if batch.visits[place][1] == day
        }
        known = self.shared.known(day, list(firsts.values()))
        batch.count_again(set(compress(firsts, known)))

    def _stored(self, batch: Batch) -> bool:
        """Whether the database took it; if not, it may have all the same."""
        try:
            self.store.store(batch.id, batch.text())
        except Error as error:
            # The error itself may quote the codes, so only its kind may be told.
            self._say_away(type(error).__name__)
            return False
        with self._guard:
            self._away = False
            waiting = batch.settle()
        for call in waiting:
            call()
        return True

    def _say_away(self, kind: str) -> None:
        if not self._away:
            log.warning("visits_wait", kind=kind)
        self._away = True

    def _wait_for_database(self, batch: Batch) -> None:
        """Until it takes this batch or, if the disk did, one that carries only losses."""
        self.keep(batch)
        trial = self._batch_of_losses() if batch.stored else batch
        while not self._closing.wait(PAUSE_SECONDS):
            self._begin(now().date())
            if self._stored(trial):
                return
            self.keep(self._gathering)
        self.keep(trial)

    def _let_go(self, batch: Batch) -> None:
        """The writer will not try it again: what is not stored by now is kept or lost."""
        with self._guard:
            self._sending = None
            if batch.stored:
                return  # a disk that hangs does not hold up the writer
            batch.refused = ""
        self.keep(batch)

    def keep(self, batch: Batch) -> None:
        """On the disk, unless it is stored; waits for the disk. Any thread may, also while
        the writer is at it: the batch's number sees to it that it counts once.
        """
        with self._keeping:
            with self._guard:
                if batch.stored or batch.refused or batch.is_empty:
                    return
                if self._gathering is batch:
                    self._gathering = Batch()
            reason = self._reason_not_kept(batch)
            with self._guard:
                if batch.stored:  # by the writer, meanwhile
                    return
                waiting = batch.settle(refused=reason)
                # The database may have what the writer has in hand, or take it later.
                if reason and batch is not self._sending:
                    self.losses.add(batch, reason)
            for call in waiting:
                call()

    def _reason_not_kept(self, batch: Batch) -> str:
        """Empty: it is on the disk."""
        try:
            self.spool.keep(batch.id, batch.text())
        except SpoolFull:
            return FULL
        except OSError:
            return DISK
        return ""

    def _batch_of_losses(self) -> Batch:
        batch = Batch()
        with self._guard:
            self.losses.put_into(batch)
        return batch
