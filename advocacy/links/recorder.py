"""Visitors who wait on the event loop until their visits are on a disk."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial

from advocacy.links.batches import Batch, Visit
from advocacy.links.click_writer import ClickWriter

# Visits in one batch; then it goes to the disk without the database.
MOST_GATHERED = 10_000


class Recorder:
    """Of one event loop. All who wait for the same batch wait for one future."""

    def __init__(self, writer: ClickWriter) -> None:
        self.writer = writer
        # One file at a time is written in any case.
        self._keeper = ThreadPoolExecutor(1, "click-keeper")
        self._batch: Batch | None = None
        self._settled: asyncio.Future[None] | None = None

    async def record(self, visit: Visit, visitor: bytes = b"") -> bool:
        """Store one visit and come back when it is on a disk. False: none has taken it."""
        batch = self.writer.add(visit, visitor)
        await self._when_settled(batch)
        return batch.stored

    async def note(self, visit: Visit) -> None:
        """Store one visit later, unless too many gather already."""
        batch = self.writer.add(visit)
        gathered = len(batch.visits)
        if gathered == MOST_GATHERED:
            self._keeper.submit(self.writer.keep, batch)
        if gathered >= MOST_GATHERED:
            await self._when_settled(batch)

    def _when_settled(self, batch: Batch) -> asyncio.Future[None]:
        # Nobody may cancel it: it is the others' too.
        if self._settled is None or batch is not self._batch:
            self._batch, self._settled = batch, self._watch(batch)
        return self._settled

    def _watch(self, batch: Batch) -> asyncio.Future[None]:
        """For a whole batch one timer, and one call from the writer's thread."""
        loop = asyncio.get_running_loop()
        settled = loop.create_future()

        def go_on() -> None:
            timer.cancel()
            if not settled.done():
                settled.set_result(None)

        def call_over() -> None:
            with suppress(RuntimeError):  # the server has ended, and with it who waited
                loop.call_soon_threadsafe(go_on)

        give_up = partial(self._keeper.submit, self.writer.give_up, batch)
        timer = loop.call_later(self.writer.patience, give_up)
        self.writer.tell(batch, call_over)
        return settled
