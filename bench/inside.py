"""The library page inside one process: no server, no line, only our code and the database."""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, event
from werkzeug.test import create_environ

from advocacy.app import behind_proxies, create_app
from advocacy.config import read_settings
from bench import yardstick
from bench.figures import Part
from bench.shelves import signed_in

PAGES, HELLOS = 50, 500  # in a block

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Any]


@dataclass(frozen=True)
class Block:
    """What one call took, in µs: on the clock (p50), and of this process's processor."""

    clock: float
    processor: float


def judge_queries(part: Part, libraries: Iterable[Mapping[str, str]]) -> None:
    """P9: of the same page in libraries of several sizes, told by their settings."""
    found = []
    for settings in libraries:
        ours = _ours(settings)
        found.append(_queries(ours, signed_in(settings["SECRET_KEY"])))
    part.tell("queries", found)


def judge_page(part: Part, settings: Mapping[str, str], rounds: int) -> None:
    """P7."""
    ours, flask = _ours(settings), yardstick.app.wsgi_app
    cookie = signed_in(settings["SECRET_KEY"])
    size = len(_answer(ours, "/", cookie))
    same_size = f"/page/{size}"
    for warm, path in ((ours, "/"), (flask, "/hello"), (flask, same_size)):
        _block(warm, path, cookie, PAGES)
    found: list[tuple[Block, Block, Block]] = [
        (
            _block(ours, "/", cookie, PAGES),
            _block(flask, "/hello", "", HELLOS),
            _block(flask, same_size, "", HELLOS),
        )
        for _round in range(rounds)
    ]
    part.tell("page", [page.clock / hello.clock for page, hello, _same in found])
    cpu = [page.processor / hello.processor for page, hello, _same in found]
    part.tell("page_cpu", cpu)
    same = [page.clock / same.clock for page, _hello, same in found]
    part.tell("page_same_size", same)
    part.note(f"The page has {size:,} bytes.")


def hello_milliseconds(rounds: int = 5) -> float:
    """Processor time of one of Flask's hellos: how fast this machine is just now."""
    flask = yardstick.app.wsgi_app
    blocks = [_block(flask, "/hello", "", HELLOS) for _round in range(1 + rounds)]
    return statistics.median(one.processor for one in blocks[1:]) / 1000


def _ours(settings: Mapping[str, str]) -> Wsgi:
    told = read_settings(settings)
    return behind_proxies(create_app(told), told.proxy_hops)


def _queries(application: Wsgi, cookie: str) -> int:
    """Statements of one page, once the process is warm; signing in is among them."""
    seen: list[str] = []

    def note(*said: Any) -> None:
        seen.append(said[2])

    _answer(application, "/", cookie)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        _answer(application, "/", cookie)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(seen)


def _block(application: Wsgi, path: str, cookie: str, calls: int) -> Block:
    times, start = [], time.process_time()
    for _call in range(calls):
        began = time.perf_counter()
        _answer(application, path, cookie)
        times.append(time.perf_counter() - began)
    spent = (time.process_time() - start) / calls
    return Block(statistics.median(times) * 1e6, spent * 1e6)


def _answer(application: Wsgi, path: str, cookie: str) -> bytes:
    """A whole answer. Raises RuntimeError where it is no page."""
    headers = {"Cookie": cookie} if cookie else {}
    said: list[str] = []
    environ = create_environ(path, headers=headers)
    environ["REMOTE_ADDR"] = "192.0.2.7"
    pieces = application(environ, lambda status, *_rest: said.append(status))
    body = b"".join(pieces)
    if hasattr(pieces, "close"):
        pieces.close()
    if not said[0].startswith("200"):
        raise RuntimeError(f"{path} answered {said[0]}")
    return body
