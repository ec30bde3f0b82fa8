"""One page after the other over one connection: how long each takes, without a crowd."""

import http.client
import statistics
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Reader:
    """Somebody who reads one page again and again."""

    name: str
    address: str
    cookie: str = ""
    blocks: list[float] = field(default_factory=list)  # p50 of each, in ms
    size: int = 0

    def __post_init__(self) -> None:
        split = urlsplit(self.address)
        self._path = split.path + (f"?{split.query}" if split.query else "")
        self._line = http.client.HTTPConnection(
            split.hostname or "", split.port, timeout=60
        )

    def read(self) -> str:
        """The page. Raises RuntimeError where it is not one."""
        headers = {"Cookie": self.cookie} if self.cookie else {}
        self._line.request("GET", self._path, headers=headers)
        answer = self._line.getresponse()
        body = answer.read()
        if answer.status != 200:
            self.close()
            raise RuntimeError(f"{self.name} answered {answer.status}")
        self.size = len(body)
        return body.decode()

    def block(self, pages: int) -> None:
        """So many, and remember their p50; the connection is open before."""
        self.read()
        times = []
        for _page in range(pages):
            start = time.perf_counter()
            self.read()
            times.append((time.perf_counter() - start) * 1000)
        self.blocks.append(statistics.median(times))
        self.close()  # servers hang up on who rests

    def close(self) -> None:
        """The next page opens a new connection."""
        self._line.close()


def take_turns(readers: list[Reader], rounds: int, pages: int) -> None:
    """Warm, then a block each, round after round, there and back."""
    for reader in readers:
        reader.block(pages)
        reader.blocks.clear()
    for number in range(rounds):
        for reader in readers if number % 2 else reversed(readers):
            reader.block(pages)


def ratios(one: Reader, other: Reader) -> list[float]:
    """Block by block."""
    return [a / b for a, b in zip(one.blocks, other.blocks, strict=True)]
