"""What a worker has at hand while it posts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from os import getpid
from secrets import token_hex
from socket import gethostname

from advocacy.config import Settings
from advocacy.outside import Outside
from advocacy.shares.crew import Crew
from advocacy.shares.spool import Spool


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Station:
    """One process's outside services, its name, and whether it is about to stop."""

    outside: Outside
    base_url: str
    worker: str  # unique on all machines: host, process and start
    stopping: Callable[[], bool] = _never
    # Its threads that post.
    crew: Crew = field(default_factory=Crew)
    # Where outcomes wait for a database that is away; None: only in memory.
    spool: Spool | None = None
    # Whether a doubt is asked about by sending the same body once more (2.2).
    probe_doubts: bool = False
    # The most posts that leave in a second, of all workers together; 0: no limit.
    posts_per_second: int = 0


def station_for(
    settings: Settings, outside: Outside, stopping: Callable[[], bool]
) -> Station:
    """A station of this process, with a spool that can be written and threads that run.

    Raises OSError or RuntimeError when it could not work.
    """
    spool = Spool(settings.data_folder / "outcomes")
    spool.open()
    crew = Crew(settings.posting_threads)
    crew.begin()
    return Station(
        outside,
        settings.base_url,
        f"{gethostname()}:{getpid()}:{token_hex(4)}",
        stopping,
        crew,
        spool,
        probe_doubts=settings.probe_doubts,
        posts_per_second=settings.posts_per_second,
    )


class _Opened:
    """The station of this process: one worker process has one."""

    station: Station | None = None


def open_station(station: Station) -> None:
    """Let this process's tasks work here."""
    _Opened.station = station


def opened_station() -> Station:
    """Where this process's tasks work; only inside a worker."""
    assert _Opened.station is not None, "no worker was started here"
    return _Opened.station
