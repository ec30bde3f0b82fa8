"""Lets the WSGI application answer in threads, for a server that waits for slow clients itself.

No thread belongs to a client: what one sends is here before the application is called, and
what it gets is sent on, files included, after the application is done.
"""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from advocacy.web.bodies import Bodies, Gone, Refused
from advocacy.web.wsgi_environ import REFUSED, environ_of

if TYPE_CHECKING:
    from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]

WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

# Of one process. More pages at once than this wait on the database at most.
PAGE_THREADS = 8
# Flask names here the file that the server shall send (USE_X_SENDFILE).
FILE = "x-sendfile"


@dataclass
class Answer:
    """What the application said, whole."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Bridge:
    """The RSGI application before a WSGI one."""

    def __init__(self, application: WsgiApp, bodies: Bodies) -> None:
        self.application = application
        self.bodies = bodies
        self._pages = ThreadPoolExecutor(PAGE_THREADS, "page")

    async def __rsgi__(self, scope: "Scope", protocol: "HTTPProtocol") -> None:
        """Answer one request. An exception becomes the server's own page of 500."""
        try:
            answer = await self._answer_page(environ_of(scope), protocol)
        except Gone:
            # One that only ended its sending early still listens.
            protocol.response_empty(400, [])
            return
        _send(answer, protocol)

    async def _answer_page(
        self, environ: dict[str, Any], protocol: "HTTPProtocol"
    ) -> Answer:
        try:
            length = _length(environ)
            if not length:
                return await self._answer(environ)
            async with self.bodies.receive(length, protocol) as body:
                return await self._answer(environ, body)
        except Refused as refused:
            environ |= {REFUSED: refused.status, "CONTENT_LENGTH": "0"}
        return await self._answer(environ)

    async def _answer(
        self, environ: dict[str, Any], body: BinaryIO | None = None
    ) -> Answer:
        if body is not None:
            environ["wsgi.input"] = body
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pages, ask, self.application, environ)


def _length(environ: dict[str, Any]) -> int:
    """Bytes of the body. Raises Refused."""
    if "HTTP_TRANSFER_ENCODING" in environ:
        # Whether one without a length broke off cannot be told.
        raise Refused(411)
    return int(environ.get("CONTENT_LENGTH", 0))


def ask(application: WsgiApp, environ: dict[str, Any]) -> Answer:
    """Call a WSGI application and wait for its last byte."""
    answer = Answer(500, [], b"")

    def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
        answer.status, answer.headers = int(status[:3]), headers

    parts = application(environ, start)
    try:
        answer.body = b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return answer


def _send(answer: Answer, protocol: "HTTPProtocol") -> None:
    headers = [one for one in answer.headers if one[0].lower() != FILE]
    if len(headers) == len(answer.headers):
        protocol.response_bytes(answer.status, headers, answer.body)
        return
    named = {name.lower(): value for name, value in answer.headers}
    if answer.status == 206:
        first, last = _range(named["content-range"])
        protocol.response_file_range(206, headers, named[FILE], first, last + 1)
    else:
        protocol.response_file(answer.status, headers, named[FILE])


def _range(told: str) -> tuple[int, int]:
    """The first and last byte of `bytes 0-99/1000`."""
    first, last = told.removeprefix("bytes ").partition("/")[0].split("-")
    return int(first), int(last)
