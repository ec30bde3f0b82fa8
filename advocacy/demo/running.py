"""The demonstration: everything on one machine, under one small supervisor."""

import fcntl
import signal
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType

from advocacy.demo.environment import ROOT, Place, data_folder, environment_for
from advocacy.demo.ports import NoPort, asked_port, free_port, read_port
from advocacy.demo.processes import Processes
from advocacy.demo.supervisor import CannotRun, Supervisor
from advocacy.migrations.running import newest_migration
from advocacy.people.demo_people import DEMO_PEOPLE
from integrations.local_services import LocalPostgres, LocalValkey, ServiceFailed

DEFAULT_SANDBOX_PORT = 8081


class ToldToStop(BaseException):
    """Ctrl-C or a signal: not an error, and nothing on the way may swallow it."""


def run(environment: Mapping[str, str], *, reload: bool = False) -> int:
    """Run until told to stop; the exit status."""
    try:
        with signals_heard(), ExitStack() as up:
            place = choose_place(environment, up)
            supervisor = _start(place, environment, up)
            supervisor.watch_over(reload=reload)
    except ToldToStop:
        _say("Stopped.")
    except (CannotRun, NoPort, ServiceFailed) as error:
        _complain(str(error))
        return 1
    return 0


@contextmanager
def signals_heard() -> Iterator[None]:
    """The first signal begins the end; more of them change nothing."""
    heard = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def stop(_number: int, _frame: FrameType | None) -> None:
        for one in heard:
            signal.signal(one, signal.SIG_IGN)
        raise ToldToStop

    before = {one: signal.signal(one, stop) for one in heard}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def choose_place(environment: Mapping[str, str], up: ExitStack) -> Place:
    """Ports and folder, first of all."""
    port = asked_port(environment)
    folder = data_folder(environment)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _lock(folder, up)
    kept = folder / "sandbox-port"
    preferred = kept.read_text() if kept.exists() else str(DEFAULT_SANDBOX_PORT)
    preferred = environment.get("SANDBOX_PORT") or preferred
    sandbox_port = free_port(read_port(preferred), taken=frozenset({port}))
    kept.write_text(str(sandbox_port))
    return Place(folder, port, sandbox_port)


def _lock(folder: Path, up: ExitStack) -> None:
    """Two runs on the same data would spoil them."""
    file = up.enter_context((folder / "lock").open("w"))
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotRun(
            f"A demonstration runs already with the data in {folder}."
        ) from None


def _start(place: Place, environment: Mapping[str, str], up: ExitStack) -> Supervisor:
    began = time.monotonic()
    tables = _tables_of(place)
    if tables is None:
        _say("Making the sample organisation. That takes half a minute, once.")
    postgres = LocalPostgres(place.folder / "postgres")
    up.callback(postgres.stop)
    valkey = LocalValkey()
    up.callback(valkey.stop)
    told = environment_for(place, environment, postgres.address(), valkey.address)
    supervisor = Supervisor(Processes(place, told))
    up.callback(supervisor.stop)
    supervisor.start(tables_ready=tables == newest_migration())
    (place.folder / "prepared").write_text(newest_migration())
    tell(place, time.monotonic() - began)
    return supervisor


def _tables_of(place: Place) -> str | None:
    """Up to which migration an earlier run came; None if there was none."""
    prepared = place.folder / "prepared"
    if prepared.exists() and (place.folder / "postgres").exists():
        return prepared.read_text()
    return None


def tell(place: Place, seconds: float) -> None:
    _say(f"\nThe library is open: {place.address}/   (after {seconds:.1f} seconds)")
    _say(f"Pretend LinkedIn: {place.sandbox}/\n")
    _say("Look around as one of these people; they are invented, like the rest:")
    for person in DEMO_PEOPLE:
        _say(f"  {person.name:<18} {person.does}")
    shown = place.folder
    if shown.is_relative_to(ROOT):
        shown = shown.relative_to(ROOT)
    _say(f"\nData stay in {shown} until you delete that folder. Ctrl-C stops all.")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _complain(words: str) -> None:
    sys.stderr.write(f"{words}\n")
