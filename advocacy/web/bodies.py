"""What clients send, awaited whole before a thread is taken for it.

A form that arrives slowly, or never, holds a little of the disk and nobody up. How much all of
them hold together is bounded, and so is how slowly one may arrive.
"""

import asyncio
from collections.abc import AsyncIterable, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

# A form of text stays in memory; what is longer waits on the disk.
IN_MEMORY = 64 * 1024
# A body this many times too large is read to its end all the same: a browser that is
# answered while it still sends shows a broken connection instead of our words.
READ_AND_DROPPED = 5


class Refused(Exception):
    """A body that is not taken; the status says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Gone(Exception):
    """The client went away before all of it was here."""


class Bodies:
    """All that the clients of one process are sending, or have sent and are answered for."""

    def __init__(
        self,
        *,
        largest: int,
        most_held: int,
        patience: float = 30.0,
        slowest: int = 4 * 1024,
    ) -> None:
        """`largest` and `most_held`: bytes of one body, and of all long ones together.

        A body may be `patience` seconds behind one that comes at `slowest` bytes a second, and
        what comes faster gains no time beyond that: it cannot stand still afterwards.
        """
        self.largest = largest
        self.most_held = most_held
        self.patience = patience
        self.slowest = slowest
        self.held = 0

    @asynccontextmanager
    async def receive(
        self, length: int, chunks: AsyncIterable[bytes]
    ) -> AsyncIterator[BinaryIO]:
        """A file with a body of `length` bytes as it arrives, gone when the block ends.

        Raises Refused (408 too slow, 413 too large, 503 no room for it) and Gone.
        """
        if length > self.largest * READ_AND_DROPPED:
            raise Refused(413)
        body = _Body(self, length)
        with _gone_afterwards() as file:
            try:
                kept = file if length <= self.largest else None
                await body.read(chunks, kept)
                # The server ends a body that broke off as it ends a whole one.
                if body.here < length:
                    raise Gone
                if kept is None:
                    raise Refused(413)
                _rewind(kept)
                yield kept
            finally:
                self.held -= body.held


@contextmanager
def _gone_afterwards() -> Iterator[BinaryIO]:
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 – closed below
    try:
        yield cast("BinaryIO", file)
    finally:
        # What a full disk did not take, it refuses once more when the file is closed.
        with suppress(OSError):
            file.close()


def _rewind(file: BinaryIO) -> None:
    """Raises Refused when the disk does not take the last of it."""
    try:
        file.seek(0)
    except OSError:
        raise Refused(503) from None


class _Body:
    def __init__(self, bodies: Bodies, length: int) -> None:
        self.bodies = bodies
        # Those that stay in memory are bounded by the number of connections: a few long
        # bodies, which anybody may send, must not keep everybody's forms out.
        self.counts = length > IN_MEMORY
        self.here = self.held = 0

    async def read(self, chunks: AsyncIterable[bytes], file: BinaryIO | None) -> None:
        """All of it into `file`, if there is one, as long as it keeps coming."""
        time, patience = asyncio.get_running_loop().time, self.bodies.patience
        end = time() + patience
        try:
            async with asyncio.timeout_at(end) as until:
                async for chunk in chunks:
                    self.here += len(chunk)
                    earned = len(chunk) / self.bodies.slowest
                    end = min(end + earned, time() + patience)
                    until.reschedule(end)
                    if file is not None:
                        await self._keep(chunk, file)
        except TimeoutError:
            raise Refused(408) from None

    async def _keep(self, chunk: bytes, file: BinaryIO) -> None:
        if self.counts:
            self.held += len(chunk)
            self.bodies.held += len(chunk)
            if self.bodies.held > self.bodies.most_held:
                raise Refused(503)
        if self.here <= IN_MEMORY:
            file.write(chunk)
            return
        try:
            await asyncio.to_thread(file.write, chunk)
        except OSError:  # the disk is full
            raise Refused(503) from None
