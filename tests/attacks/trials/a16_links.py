"""A16: what the address of somebody's link tells: how often it was visited, or whose it is.

Two links of one item are asked side by side, one that nobody ever visited and one that is
visited five hundred times. Both stand in public posts, so both codes are known.
"""

import io
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug.test import Client

from advocacy.app import served
from advocacy.links.codes import RANDOM_BYTES
from advocacy.links.fast_path import PREFIX
from advocacy.links.models import ClickDay, Link
from advocacy.people.models import Person
from content.items import Item
from integrations.clock import clock_at
from tests.advocacy.links.agents import PEOPLE
from tests.advocacy.links.visiting import client_of
from tests.advocacy.reach.conftest import World
from tests.attacks.judging import Finding
from tests.attacks.lengths import Lengths
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


def findings(lengths: Lengths) -> list[Finding]:
    del lengths
    log = io.StringIO()
    with stage() as world, redirect_stderr(log):
        town = build(world)
        with world.on(), clock_at(UNDER_WAY), _links(world) as site:
            quiet, busy, codes = _two_links(world, town)
            with world.session() as session:
                live = [_visits(session, code) for code in (quiet, busy)]
            told = sum(
                _asked(site, quiet, tail, *asked) != _asked(site, busy, tail, *asked)
                for tail in TAILS
                for asked in ASKED
            )
            leads = {
                site.get(PREFIX + code, headers=AGENT).headers["Location"]
                for code in codes
            }
            near = sum(
                site.get(PREFIX + code, headers=AGENT).status_code == 302
                for code in _beside(codes)
            )
            pages = "".join(site.get(address).text for address in ELSEWHERE)
    found = [code for code in codes if code in log.getvalue() + pages]
    numbered = range(1, len(codes) + 1)
    easy = sum(n + step in numbered for n in numbered for step in (-1, 1))
    lines = "".join(f"GET {PREFIX}{code} 302\n" for code in codes)
    logged = sum(code in lines for code in codes)
    bits = f"links found beside a known one, {8 * RANDOM_BYTES} bits"
    return [
        _finding(
            "answers that differ, never visited or often", len(set(live)) - 1, told
        ),
        _finding(
            "addresses a story's links lead to, but one", len(codes) - 1, len(leads) - 1
        ),
        _finding(bits, easy, near + (8 * RANDOM_BYTES < BITS)),
        _finding("codes in logs, metrics and other pages", logged, len(found)),
    ]


def _finding(what: str, naive: int, number: int) -> Finding:
    """`naive`: live counts behind a plus, a tag for each person, numbered codes, an access log."""
    return Finding("A16", what, str(naive), naive > 0, str(number), "0", number == 0)


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
        number = int.from_bytes(urlsafe_b64decode(code + "="))
        for step in (-1, 1):
            near = (number + step) % 2 ** (8 * RANDOM_BYTES)
            yield urlsafe_b64encode(near.to_bytes(RANDOM_BYTES)).decode().rstrip("=")
