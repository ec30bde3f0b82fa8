"""A real network with a moment in it at which something else happens."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from advocacy.outside import LINKEDIN
from advocacy.shares.station import Station
from integrations.network import Network

STEPS = ("before prepare", "after prepare", "before connect", "after connect")


@dataclass
class Interrupted:
    """Does everything as `network` does, and `event` once, at `step`."""

    network: Network
    step: str
    event: Callable[[], object]

    def __getattr__(self, name):
        return getattr(self.network, name)

    def _at(self, step):
        if step == self.step:
            self.event()

    def prepare(self, access, draft):
        self._at("before prepare")
        body = self.network.prepare(access, draft)
        self._at("after prepare")
        return body

    def open_line(self, access):
        self._at("before connect")
        line = self.network.open_line(access)
        self._at("after connect")
        return InterruptedLine(line, self)


@dataclass
class InterruptedLine:
    """The same for one line; `create` comes after arming."""

    line: object
    owner: Interrupted

    def create(self, body):
        self.owner._at("after arm")  # noqa: SLF001 – two halves of one thing
        found = self.line.create(body)
        self.owner._at("after answer")  # noqa: SLF001
        return found

    def close(self):
        self.line.close()


def interrupted(station: Station, step: str, event: Callable[[], object]) -> Station:
    network = Interrupted(station.outside.networks[LINKEDIN], step, event)
    outside = replace(station.outside, networks={LINKEDIN: network})
    return replace(station, outside=outside)
