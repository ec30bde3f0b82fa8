"""A16: what the address of somebody's link tells: how often it was visited, or whose it is.

Two links of one item are asked side by side, one that nobody ever visited and one that is
visited five hundred times. Both stand in public posts, so both codes are known.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import Client

from advocacy.app import served
from advocacy.links.codes import RANDOM_BYTES
from advocacy.links.fast_path import PREFIX
from advocacy.links.models import ClickDay, Link
from advocacy.people.models import Person
from advocacy.reach.attack_said import Said, said
from content.items import Item
from integrations.clock import clock_at
from tests.advocacy.links.agents import PEOPLE
from tests.advocacy.links.visiting import client_of
from tests.advocacy.reach.world import World
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
from tests.attacks.naive_links import code_of, naive_links, number_of
from tests.attacks.stage import Stage, stage
from tests.attacks.town import UNDER_WAY, Town, build
from tests.attacks.walking import BY_THE_CLOCK

AGENT = {"User-Agent": PEOPLE["Chrome on Windows"]}
TAILS = (
    "",
    "+",
    "/+",
    "/stats",
    "/info",
    "/preview",
    ".json",
    ".qr",
    "?stats=1",
    "%2B",
)
ASKED = [
    ("GET", AGENT),
    ("GET", {**AGENT, "Referer": "https://www.linkedin.com/feed/"}),
    ("GET", {"User-Agent": "LinkedInBot/1.0"}),
    ("GET", {**AGENT, "Accept": "application/json"}),
    ("HEAD", AGENT),
    ("OPTIONS", AGENT),
    ("POST", AGENT),
]
ELSEWHERE = ("/metrics", "/stats", "/l/", "/healthz", "/readyz")
VISITED = 500
BITS = 64


class Seen(NamedTuple):
    """What was found out at one service."""

    told: int  # ways of asking that answer otherwise for a link that was visited often
    leads: int  # addresses that the links of one story lead to, but one
    near: int  # links beside a known one
    logged: int  # codes in its log and on other pages


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    log = io.StringIO()
    with stage() as world, redirect_stderr(log):
        town = build(world)
        with world.on(), clock_at(UNDER_WAY), _links(world) as site:
            quiet, busy, codes = _two_links(world, town)
            ours = _seen(site, quiet, busy, codes, log)
            with world.session() as session:
                visits = [_visits(session, code) for code in codes]
    log = io.StringIO()
    with redirect_stderr(log):
        site, numbered = naive_links(visits)
        of_two = (numbered[codes.index(code)] for code in (quiet, busy))
        naive = _seen(site, *of_two, numbered, log)
    bits = said("links near", bits=8 * RANDOM_BYTES)
    few_bits = 8 * RANDOM_BYTES < BITS
    return [
        _finding(said("links told"), naive.told, ours.told),
        _finding(said("links lead"), naive.leads, ours.leads),
        _finding(bits, naive.near, ours.near + few_bits),
        _finding(said("links logged"), naive.logged, ours.logged),
    ]


def _finding(what: Said, naive: int, number: int) -> Finding:
    return Finding("A16", what, naive, naive > 0, number, 0, number == 0)


def _seen(
    site: Client, quiet: str, busy: str, codes: list[str], log: io.StringIO
) -> Seen:
    """The same questions to any service with links."""
    told = sum(
        _asked(site, quiet, tail, *asked) != _asked(site, busy, tail, *asked)
        for tail in TAILS
        for asked in ASKED
    )
    pages = "".join(site.get(address).text for address in ELSEWHERE)
    answers = [site.get(PREFIX + code, headers=AGENT) for code in codes]
    near = sum(
        site.get(PREFIX + code, headers=AGENT).status_code == 302
        for code in _beside(codes)
    )
    return Seen(
        told,
        len({answer.headers["Location"] for answer in answers}) - 1,
        near,
        sum(code in log.getvalue() + pages for code in codes),
    )


def _visits(session: Session, code: str) -> int:
    visits = select(func.sum(ClickDay.visits)).where(ClickDay.code == code)
    return session.scalar(visits) or 0


@contextmanager
def _links(world: Stage) -> Iterator[Client]:
    """The service as it is served, with the tracked links in front."""
    whole = served(world.app, world.app.extensions["advocacy"].settings)
    try:
        yield client_of(whole)
    finally:
        whole.counter.close()


def _two_links(world: Stage, town: Town) -> tuple[str, str, list[str]]:
    """One that nobody visited, one that many did, and all codes of the story."""
    with world.session() as session:
        there = World(session)
        item = session.get_one(Item, town.item.id)
        one, other = (session.get_one(Person, id_) for id_ in town.sharers[:2])
        quiet = there.visits(one, 0, item=item)
        busy = there.visits(other, VISITED, date(2026, 10, 19), item=item)
        codes = session.scalars(select(Link.code).where(Link.item_id == item.id)).all()
        return quiet.code, busy.code, list(codes)


def _asked(
    site: Client, code: str, tail: str, method: str, headers: dict[str, str]
) -> bytes:
    """All that comes back; the code itself we knew."""
    answer = site.open(PREFIX + code + tail, method=method, headers=headers)
    head = [(name, value) for name, value in answer.headers if name not in BY_THE_CLOCK]
    whole = f"{answer.status}\n{head}\n".encode() + answer.get_data()
    return whole.replace(code.encode(), b"code")


def _beside(codes: list[str]) -> Iterator[str]:
    """The numbers before and after each."""
    for code in codes:
        for step in (-1, 1):
            yield code_of(number_of(code) + step)
