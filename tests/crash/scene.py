"""Where one trial happens: people with shares, a network, workers and a clock."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import requests
from sqlalchemy import Engine, func, select, text, update

from advocacy.people.models import Person
from advocacy.shares.models import Share, ShareState
from integrations.database import connect, transaction
from integrations.network import Access
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)
from tests.crash.nursery import Child
from tests.crash.pace import AS_BUILT, Pace
from tests.crash.processes import KEYS
from tests.crash.world import World
from tests.ports import free_port

ALL_QUEUES = "publish,clock,slow"
# So few that no day's limit of a member is met.
SHARES_EACH = 10
OPEN = (
    ShareState.SCHEDULED,
    ShareState.PREPARING,
    ShareState.READY,
    ShareState.SENDING,
)


class Scene:
    """One database, one network, and the children that work on them."""

    def __init__(self, world: World, pace: Pace, name: str) -> None:
        self.world, self.pace = world, pace
        self.folder = world.folder / name
        self.folder.mkdir()
        world.broker.empty()
        self.database = world.new_database()
        self.engine: Engine = connect(world.database.address(self.database))
        self.children: list[Child] = []
        self.closing = ExitStack()  # what else this trial has started
        self.killed: set[int] = set()
        self.frozen: set[int] = set()  # for longer than a lease
        # Shares that are in doubt since a copy came back, for the copy does not know more.
        self.restored: set[int] = set()
        self.interrupted: set[int] = set()  # on their way when the copy was made
        self.port = free_port(world.hosts.services)
        self.site = f"http://{world.hosts.services}:{self.port}"
        self.environment = self._environment()

    def _environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.world.database.address(self.database),
            "REDIS_URL": self.world.valkey.address,
            "BROKER_URL": self.world.broker.address,
            "BASE_URL": "http://localhost:8000",
            "SECRET_KEY": "a-secret-key-for-tests-only-of-length-40",
            "TOKEN_KEYS": KEYS,
            "DATA_FOLDER": str(self.folder / "data"),
            "ORGANISATION": "Veenstroom",
            "HOLD_SECONDS": "1",
            "LINKEDIN_CLIENT_ID": "pretend-client",
            "LINKEDIN_CLIENT_SECRET": "pretend-secret",
            "LINKEDIN_OAUTH_BASE": self.site,
            "LINKEDIN_API_BASE": self.site,
            "LINKEDIN_SITE_BASE": self.site,
            "C_FORCE_ROOT": "1",
        }

    def populate(
        self,
        count: int,
        *,
        latency: float = 0.1,
        slow_seconds: float = 40,
        seconds: float = 0,
        seed: int = 0,
        items_each: int = SHARES_EACH,
    ) -> list[int]:
        """So many shares, due one after the other within `seconds` from now, in an order
        that is the seed's.
        """
        number_of = -(-count // items_each)
        people = self.people(number_of, latency=latency, slow_seconds=slow_seconds)
        ids: list[int] = []
        with transaction() as session:
            items = [make_item(session) for _number in range(items_each)]
            for number in range(count):
                # With one each, nobody shares what somebody else does.
                own = items_each == 1
                item = make_item(session) if own else items[number % items_each]
                person = people[number // items_each]
                words = f"Share {number} of this trial."
                ids.append(queue_due(session, person, item, words).id)
        random.Random(seed).shuffle(ids)  # noqa: S311
        self.spread(ids, seconds)
        return ids

    def people(
        self, count: int, *, latency: float = 0.1, slow_seconds: float = 40
    ) -> list[Person]:
        """So many, each connected to a network that is started for them."""
        names = [f"Trial Person {number}" for number in range(count)]
        granted = self._start_network(names, latency, slow_seconds)
        with transaction() as session:
            found = [make_person(session) for _access in granted]
            for person, access in zip(found, granted, strict=True):
                connect_account(session, person, access)
        return found

    def items(self, count: int) -> list[int]:
        with transaction() as session:
            return [make_item(session).id for _number in range(count)]

    def spread(self, ids: list[int], seconds: float) -> None:
        """Let them come due one after the other, from now on."""
        with transaction() as session:
            start = session.execute(select(func.clock_timestamp())).scalar_one()
            for place, share_id in enumerate(ids):
                at = start + timedelta(seconds=seconds * place / len(ids))
                moved = update(Share).where(Share.id == share_id)
                session.execute(moved.values(due_at=at, next_at=at))

    def _start_network(
        self, names: list[str], latency: float, slow_seconds: float
    ) -> list[Access]:
        folder = self.folder / "network"
        folder.mkdir()
        self._fork(
            "network",
            "network",
            folder=str(folder),
            site=self.site,
            members=names,
            slow_seconds=slow_seconds,
            latency=latency,
        )
        tokens = folder / "tokens"
        wait_for(tokens.exists, "the pretend network", 30)
        pairs = [line.split() for line in tokens.read_text().splitlines()]
        return [Access(token, member) for token, member in pairs]

    def faults(self, seed: int, **percents: float) -> None:
        said = {"mix": percents, "seed": seed}
        requests.post(f"{self.site}/sandbox/faults", json=said, timeout=10)

    def worker(
        self, host: str, threads: int = 4, queues: str = ALL_QUEUES, **given: Any
    ) -> Child:
        return self._product("worker", host, threads=threads, queues=queues, **given)

    def clock(self, host: str = "clock", **given: Any) -> Child:
        return self._product("clock", host, **given)

    def sweeper(self, host: str, pause: float) -> Child:
        return self._fork("sweeper", host, environment=self.environment, pause=pause)

    def _product(self, role: str, host: str, **given: Any) -> Child:
        pace = asdict(self.pace)
        return self._fork(role, host, environment=self.environment, pace=pace, **given)

    def _fork(self, role: str, host: str, **given: Any) -> Child:
        # The network is none of our hosts: it is where all of them can reach it.
        space = None if role == "network" else self.world.hosts.space(host)
        child = self.world.nursery.fork(role, host, space, **given)
        self.children.append(child)
        return child

    def kill(self, child: Child) -> None:
        self.killed.add(child.pid)
        child.kill()

    def open_shares(self) -> int:
        """How many have not come to an end."""
        with transaction() as session:
            left = select(func.count()).where(Share.state.in_(OPEN))
            return session.scalar(left) or 0

    def unsent_shares(self) -> int:
        """How many no worker has armed yet."""
        with transaction() as session:
            left = select(func.count()).where(Share.state.in_(OPEN[:3]))
            return session.scalar(left) or 0

    def statement(self, order: str) -> None:
        with transaction() as session:
            session.execute(text(order))

    def close(self) -> None:
        self.closing.close()
        for child in self.children:
            child.kill()
        self.engine.dispose()
        self.world.database.drop(self.database)


@contextmanager
def scene(world: World, name: str, pace: Pace = AS_BUILT) -> Iterator[Scene]:
    """Set it up and clear it away."""
    opened = Scene(world, pace, f"{name}-{time.monotonic_ns()}")
    try:
        yield opened
    finally:
        opened.close()


def wait_for(true: Callable[[], object], what: str, seconds: float) -> None:
    """Look again and again. Raises TimeoutError."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds} s for {what}")
        time.sleep(0.05)
