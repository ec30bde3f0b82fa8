"""Load without wrk: one thread of Python, which is the slower side of a fast server.

Ratios come out nearer to 1 than with wrk, because both servers wait for the generator.
"""

import asyncio
import random
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


class Asked(Protocol):
    """As bench.load.Target."""

    address: str
    codes: Path | None
    cookie: str


class Requests:
    """Makes one request after the other."""

    def __init__(self, asked: Asked) -> None:
        split = urlsplit(asked.address)
        self.host, self.port = split.hostname or "", split.port or 80
        self.path = split.path or "/"
        self.codes = asked.codes.read_text().split() if asked.codes else []
        cookie = f"Cookie: {asked.cookie}\r\n" if asked.cookie else ""
        self.common = f"Host: {split.netloc}\r\nUser-Agent: {AGENT}\r\n{cookie}"

    def next(self) -> bytes:
        path, visitor = self.path, ""
        if self.codes:
            chosen = random.random
            path = f"/l/{self.codes[int(chosen() * len(self.codes))]}"
            address = f"{11 + int(chosen() * 190)}.{int(chosen() * 256)}"
            address += f".{int(chosen() * 256)}.{1 + int(chosen() * 254)}"
            visitor = f"X-Forwarded-For: {address}\r\nX-Forwarded-Proto: https\r\n"
            visitor += "Referer: https://www.linkedin.com/\r\n"
        return f"GET {path} HTTP/1.1\r\n{self.common}{visitor}\r\n".encode()


class Connection(asyncio.Protocol):
    """Asks, reads the whole answer, asks again."""

    def __init__(self, requests: Requests, times: list[float]) -> None:
        self.requests, self.times = requests, times
        self.errors, self.over = 0, False
        self._read, self._left, self._asked_at = b"", 0, 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if not found:
            return
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if len(body) < int(length or 0):
            return
        self._read = b""
        if head[9:10] in b"23":
            self.times.append(time.perf_counter() - self._asked_at)
        else:
            self.errors += 1
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self.errors += not self.over

    def _ask(self) -> None:
        if not self.over:
            self._asked_at = time.perf_counter()
            self.transport.write(self.requests.next())


def load(
    asked: Asked, seconds: float, connections: int
) -> tuple[int, float, float, float, int]:
    """Right answers, seconds, p50 and p99 in ms, errors."""
    # In a thread of its own: who asks may have a loop running in theirs.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, _load(asked, seconds, connections)).result()


async def _load(
    asked: Asked, seconds: float, connections: int
) -> tuple[int, float, float, float, int]:
    requests, times = Requests(asked), list[float]()
    loop = asyncio.get_running_loop()
    opened = [
        (
            await loop.create_connection(
                lambda: Connection(requests, times), requests.host, requests.port
            )
        )[1]
        for _number in range(connections)
    ]
    start = time.perf_counter()
    await asyncio.sleep(seconds)
    took, count = time.perf_counter() - start, len(times)
    for one in opened:
        one.over = True
        one.transport.close()
    ordered = sorted(times[:count]) or [0.0]
    p50, p99 = (ordered[int(len(ordered) * part)] * 1000 for part in (0.5, 0.99))
    return count, took, p50, p99, sum(one.errors for one in opened)
