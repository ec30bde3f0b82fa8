"""Ten million clicks: how fast they are rolled up, and that no page notices: P10, P11."""

import json
import subprocess
import sys
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
from bench.servers import ROOT, Servers
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
        cookie = signed_in(servers.environment("clicks")["SECRET_KEY"], person)
        servers.copy(engine, "before")
        make_clicks(engine, clicks, person)
        _roll_up(part, servers, folder, engine)
        settle(engine)
        part.tell("rollup_wrong", [different_rows(engine)])
        _tell_pages(part, servers, cookie)
        part.note(f"{clicks:,} clicks on {links:,} links and the sample's own.")
    return part


def _tell_pages(part: Part, servers: Servers, cookie: str) -> None:
    """Somebody's pages with all clicks beside the same without, in turn."""
    after, before = servers.product("web", "clicks"), servers.product("web", "before")
    rounds, pages = (3, 10) if part.short else (11, 40)
    for key, path in PAGES.items():
        full, empty = (
            Reader(path, f"{web.address}{path}", cookie) for web in (after, before)
        )
        take_turns([full, empty], rounds, pages)
        part.tell(key, ratios(full, empty))


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
