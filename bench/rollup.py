"""Ten million clicks: how fast they are rolled up, and that no page notices: P10, P11."""

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from sqlalchemy import Engine

from bench.asking import Reader, ratios, take_turns
from bench.clicks import LINES, busiest_person, different_rows, make_clicks, more_links
from bench.counted import counter
from bench.figures import Part, told
from bench.load import CONNECTIONS, Target
from bench.pairs import Side
from bench.planting import settle
from bench.redirect import plant_links
from bench.servers import ROOT, Servers, status
from bench.shelves import signed_in

CLICKS, LINKS = 10_000_000, 200_000
SHORT_CLICKS, SHORT_LINKS = 200_000, 5_000
TOGETHER = (1_000, 10_000, 100_000)  # clicks in one roll-up
# Roll-ups of the smaller sizes; the largest goes on to the end.
TRIES, SHORT_TRIES = 20, 5
PAGES = {
    "shares_after": "/shares",
    "figures_after": "/shares/figures",
    "reach_after": "/reach",
}


def run(folder: Path, *, short: bool) -> Part:
    """About six minutes; short, two."""
    part = Part("rollup", short=short)
    clicks, links = (SHORT_CLICKS, SHORT_LINKS) if short else (CLICKS, LINKS)
    with Servers(folder) as servers:
        engine = servers.database("clicks")
        servers.prepare_sample("clicks")
        more_links(engine, links)
        person = busiest_person(engine)
        pages = _pages(servers, person)
        before = pages.look(short=short)
        make_clicks(engine, clicks, person)
        _roll_up(part, servers, folder, engine)
        settle(engine)
        part.tell("rollup_wrong", [different_rows(engine)])
        after = pages.look(short=short)
        for key, blocks in after.items():
            usual = median(before[key])
            part.tell(key, [block / usual for block in blocks])
        part.note(f"{clicks:,} clicks on {links:,} links and the sample's own.")
    return part


@dataclass
class Pages:
    """Somebody's pages beside Flask's hello, so that the machine's drift falls out."""

    hello: Reader
    readers: dict[str, Reader] = field(default_factory=dict)

    def look(self, *, short: bool) -> dict[str, list[float]]:
        """Each page's p50 to hello's, block by block."""
        everybody = [self.hello, *self.readers.values()]
        for one in everybody:
            one.blocks.clear()
        take_turns(everybody, rounds=3 if short else 11, pages=10 if short else 40)
        return {key: ratios(one, self.hello) for key, one in self.readers.items()}


def _pages(servers: Servers, person_id: int) -> Pages:
    web, flask = servers.product("web", "clicks"), servers.yardstick(threads=1)
    secret = servers.environment("clicks")["SECRET_KEY"]
    cookie = signed_in(secret, person_id)
    found = Pages(Reader("hello", f"{flask.address}/hello"))
    for key, path in PAGES.items():
        if status(f"{web.address}{path}", cookie) == 200:
            found.readers[key] = Reader(path, f"{web.address}{path}", cookie)
    return found


def _roll_up(part: Part, servers: Servers, folder: Path, engine: Engine) -> None:
    address = servers.postgres.address("clicks")
    peak = _peak(servers, folder)
    part.note(f"The redirect's peak meanwhile: {told(peak)} visits a second.")
    megabytes, tries = [], SHORT_TRIES if part.short else TRIES
    for clicks in TOGETHER:
        settle(engine)
        last = clicks == TOGETHER[-1]
        found = _rolled(address, clicks, sys.maxsize if last else tries)
        speeds = [batches * LINES / seconds for batches, seconds in found["rounds"]]
        part.tell(f"rolled_up_{clicks}", speeds)
        megabytes.append(found["megabytes"])
        if last:
            part.tell("rollup_beside_peak", [one / peak for one in speeds])
    part.tell("rollup_memory", [max(megabytes)])


def _rolled(address: str, clicks: int, times: int) -> dict:
    told = [address, str(clicks // LINES), str(times)]
    command = [sys.executable, "-m", "bench.rolling", *told]
    ran = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    return json.loads(ran.stdout)


def _peak(servers: Servers, folder: Path) -> float:
    """Visits a second that one process counts durably, in neighbouring minutes."""
    codes = folder / "codes"
    engine = servers.database("peak")
    plant_links(engine, codes)
    links = servers.product("links", "peak")
    asked = counter(engine, servers.data_folder("peak"))
    side = Side("links", Target(links.address, codes), links.pid, asked)
    for _burst in range(4):
        side.run(2, CONNECTIONS)
    servers.stop(links.pid)
    if side.trouble:
        raise RuntimeError(side.trouble)
    return median(one.burst.a_second for one in side.seen[1:])
