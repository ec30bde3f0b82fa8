"""The library page with 1,000, 10,000 and 100,000 items: P7, P8 and P9."""

import re
from contextlib import closing
from pathlib import Path

from bench.asking import Reader, ratios, take_turns
from bench.figures import Part, told
from bench.inside import judge_page, judge_queries
from bench.load import CONNECTIONS, Target, speed
from bench.pairs import Side, measure, row
from bench.servers import Server, Servers
from bench.shelves import fill, signed_in
from integrations.database import connect

SIZES = (1_000, 10_000, 100_000)
DEEP = 100  # the page that is compared with the first
OLDER = re.compile(r'href="[^"]*[?&;]before=([\d-]+)')


def run(folder: Path, *, short: bool) -> Part:
    """About four minutes; short, one."""
    part = Part("library", short=short)
    sizes = (100, 1_000, 3_000) if short else SIZES
    with Servers(folder) as servers:
        names = {size: f"items_{size}" for size in sizes}
        for size, name in names.items():
            fill(servers.database(name), size)
        settings = {size: servers.environment(name) for size, name in names.items()}
        judge_queries(part, settings.values())
        judge_page(part, settings[sizes[1]], rounds=3 if short else 9)
        _served(part, servers, names, short=short)
    return part


def _served(
    part: Part, servers: Servers, names: dict[int, str], *, short: bool
) -> None:
    webs = {size: servers.product("web", name) for size, name in names.items()}
    cookies = {size: _cookie(servers, name) for size, name in names.items()}
    _turns(part, webs, cookies, short=short)
    rounds, seconds = (2, 1.0) if short else (5, 2.0)
    flask = servers.yardstick(threads=1)
    base = Side("Flask's hello", Target(f"{flask.address}/hello"), flask.pid)
    sides = [
        Side(f"{size:,} items", _target(webs[size], cookies[size]), webs[size].pid)
        for size in names
    ]
    found = measure(base, sides, rounds, seconds, CONNECTIONS)
    served = found[1]
    part.tell("page_served", served.ratios(speed), served.doubt)
    part.rows.append(row(base))
    part.rows += [row(one.subject, one) for one in found]


def _target(web: Server, cookie: str) -> Target:
    return Target(f"{web.address}/", cookie=cookie)


def _cookie(servers: Servers, name: str) -> str:
    """Of somebody in that database."""
    engine = connect(servers.postgres.address(name))
    try:
        return signed_in(servers.environment(name)["SECRET_KEY"])
    finally:
        engine.dispose()


def _turns(
    part: Part, webs: dict[int, Server], cookies: dict[int, str], *, short: bool
) -> None:
    """P9: each size and the deep page, one reader after the other."""
    least, middle, most = webs
    readers = {
        size: Reader(f"{size:,} items", f"{web.address}/", cookies[size])
        for size, web in webs.items()
    }
    pages = 20 if short else DEEP
    deep = Reader(
        f"page {pages}",
        _page(readers[middle], webs[middle], cookies[middle], pages),
        cookies[middle],
    )
    everybody = [*readers.values(), deep]
    take_turns(everybody, rounds=3 if short else 11, pages=10 if short else 40)
    part.tell("deep_page", ratios(deep, readers[middle]))
    part.tell("ten_thousand", ratios(readers[middle], readers[least]))
    part.tell("hundred_thousand", ratios(readers[most], readers[least]))
    for one in everybody:
        times = ", ".join(told(block) for block in sorted(one.blocks))
        part.note(f"{one.name}, one after the other: p50 of each block {times} ms")


def _page(first: Reader, web: Server, cookie: str, number: int) -> str:
    """Go there as somebody would, from page to page; its address."""
    address, body = f"{web.address}/", first.read()
    for _step in range(number - 1):
        found = OLDER.search(body)
        if found is None:
            raise RuntimeError("there are not that many pages")
        address = f"{web.address}/?before={found[1]}"
        with closing(Reader("a page in between", address, cookie)) as reader:
            body = reader.read()
    first.close()
    return address
