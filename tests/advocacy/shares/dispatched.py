"""Shares that are due, really committed, and a network that is watched."""

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Lock

from sqlalchemy import select

from advocacy.outside import LINKEDIN
from advocacy.shares.models import Share
from integrations.database import transaction
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)


def due(sandbox, count, words="Share", **values):
    """So many, the first the longest due."""
    with transaction() as session:
        person = make_person(session)
        connect_account(session, person, sandbox.access_for(person.email))
        shares = []
        for number in range(count):
            share = queue_due(session, person, make_item(session), f"{words} {number}.")
            share.next_at -= timedelta(minutes=count - number)
            for name, value in values.items():
                setattr(share, name, value)
            shares.append(share)
        session.flush()
        return [share.id for share in shares]


def states():
    """How many shares there are in each state."""
    with transaction() as session:
        return Counter(session.scalars(select(Share.state)))


@dataclass
class Watched:
    """The same network; it notes in which order, and how many at once."""

    network: object
    seen: list[str] = field(default_factory=list)
    busy: int = 0
    most: int = 0
    lock: Lock = field(default_factory=Lock)
    beside: dict[str, int] = field(default_factory=dict)

    def __getattr__(self, name):
        return getattr(self.network, name)

    @contextmanager
    def noted(self, text):
        with self.lock:
            self.seen.append(text)
            self.busy += 1
            self.most = max(self.most, self.busy)
            self.beside[text] = self.busy - 1
        try:
            yield
        finally:
            with self.lock:
                self.busy -= 1

    def prepare(self, access, draft):
        with self.noted(draft.text):
            return self.network.prepare(access, draft)


def watched(station):
    """A worker that uses a watched network, and that network."""
    network = Watched(station.outside.networks[LINKEDIN])
    outside = replace(station.outside, networks={LINKEDIN: network})
    return replace(station, outside=outside), network
