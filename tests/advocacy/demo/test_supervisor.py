"""The supervisor with children that do little: order, care, a clean end."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from advocacy.demo import running, supervisor
from advocacy.demo.children import Child
from advocacy.demo.environment import Place
from advocacy.demo.processes import Processes
from advocacy.demo.supervisor import CannotRun, Supervisor

STAYS = (
    "import signal, sys, time\n"
    "signal.signal(signal.SIGTERM, lambda *_: sys.exit())\n"
    "print('ready', flush=True); time.sleep(60)"
)


class Small(Processes):
    """Processes with the right names that only wait; what they do can be changed."""

    def __init__(self, folder: Path, **codes: str) -> None:
        super().__init__(Place(folder, 1, 2), {})
        self.folder = folder
        self.codes = {"prepare": "print('done')"} | codes
        self.started: list[str] = []

    def _python(self, name: str, *_others: str) -> Child:
        self.started.append(name)
        child = Child(
            name=name,
            command=[sys.executable, "-c", self.codes.get(name, STAYS)],
            environment={},
            folder=self.folder,
            log=self.folder / f"{name}.log",
        )
        child.ready = lambda child: child.has_written("ready")
        return child

    def sandbox(self, _members: list[str]) -> Child:
        return self._python("sandbox")

    def web(self) -> Child:
        return self._python("web")

    def worker(self) -> Child:
        return self._python("worker")

    def clock(self) -> Child:
        return self._python("clock")


@pytest.fixture
def begun() -> Iterator[list[Supervisor]]:
    made: list[Supervisor] = []
    yield made
    for one in made:
        one.stop()


def small(folder: Path, begun: list[Supervisor], **codes: str) -> Supervisor:
    begun.append(Supervisor(Small(folder, **codes)))
    return begun[-1]


def test_without_tables_the_worker_waits_until_they_are_made(
    tmp_path: Path, begun: list[Supervisor]
) -> None:
    slow = "import time; time.sleep(0.5); print('tables')"
    looks = "print(open('prepare.log').read())\n" + STAYS
    one = small(tmp_path, begun, prepare=slow, worker=looks)
    one.start(tables_ready=False)
    assert "tables" in (tmp_path / "worker.log").read_text()


def test_with_tables_all_start_at_once_and_those_that_stay_are_looked_after(
    tmp_path: Path, begun: list[Supervisor]
) -> None:
    one = small(tmp_path, begun)
    one.start(tables_ready=True)
    names = [child.name for child in one.children]
    assert names == ["sandbox", "web", "worker", "clock"]
    one.look_after()


def test_tables_that_cannot_be_made_are_the_end(
    tmp_path: Path, begun: list[Supervisor]
) -> None:
    one = small(tmp_path, begun, prepare="raise SystemExit('no room on the disk')")
    with pytest.raises(CannotRun, match="no room on the disk"):
        one.start(tables_ready=False)


def test_a_process_that_never_gets_ready_is_not_waited_for_without_end(
    tmp_path: Path, begun: list[Supervisor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE_SECONDS", 0.5)
    one = small(tmp_path, begun, web="print('busy', flush=True); input()")
    one.children.append(web := one.processes.web())
    web.command = [sys.executable, "-c", "import time; time.sleep(60)"]
    web.start()
    with pytest.raises(CannotRun, match="web did not get ready"):
        one.wait_for(web)


def test_a_changed_file_starts_again_what_reads_it(
    tmp_path: Path, begun: list[Supervisor], capsys: pytest.CaptureFixture[str]
) -> None:
    one = small(tmp_path, begun)
    one.start(tables_ready=True)
    before = {child.name: child.process for child in one.children}

    one.begin_again({Path("page.html")})
    now = {child.name: child.process for child in one.children}
    assert {name for name in now if now[name] is not before[name]} == {"web"}

    one.begin_again({Path("models.py"), Path("messages.po")})
    after = {child.name: child.process for child in one.children}
    changed = {name for name in after if after[name] is not now[name]}
    assert changed == {"web", "worker", "clock"}
    assert "page.html changed" in capsys.readouterr().out


def test_it_stops_everything_it_started(
    tmp_path: Path, begun: list[Supervisor]
) -> None:
    one = small(tmp_path, begun)
    one.start(tables_ready=True)
    started = [child.process for child in one.children]
    one.stop()
    assert all(process and process.poll() == 0 for process in started)


def test_it_watches_until_somebody_ends(
    tmp_path: Path, begun: list[Supervisor]
) -> None:
    one = small(tmp_path, begun)
    one.start(tables_ready=True)
    clock = one.children[-1].process
    assert clock
    threading.Timer(0.3, clock.kill).start()
    with pytest.raises(CannotRun, match="clock stopped with status -9"):
        one.watch_over(reload=True)


def test_the_real_processes_are_told_where_they_listen(tmp_path: Path) -> None:
    processes = Processes(Place(tmp_path, 8123, 8456), {"A": "1"})
    web = processes.web()
    assert "8123" in web.command
    assert "advocacy.app:create_rsgi" in web.command
    assert web.environment == {"A": "1"}
    assert not web.ready(web)
    sandbox = processes.sandbox(["Ivo Terpstra"])
    assert "http://127.0.0.1:8123/accounts/linkedin/back" in sandbox.command
    assert "Ivo Terpstra" in sandbox.command
    for child in (processes.preparing(), processes.worker(), processes.clock()):
        assert child.log.parent == tmp_path / "logs"


def test_a_taken_port_or_folder_is_said_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert running.run({"PORT": "none"}) == 1
    assert "PORT must be" in capsys.readouterr().err

    settings = {"PORT": "24001", "SANDBOX_PORT": "24002"}
    settings["DEMO_FOLDER"] = str(tmp_path / "data")
    with running.ExitStack() as up:
        place = running.choose_place(settings, up)
        assert place.port == 24001
        assert place.sandbox_port == 24002
        assert running.run(settings) == 1
        assert "runs already" in capsys.readouterr().err


def signal_ourselves() -> None:
    with running.signals_heard():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            signal.pause()
        finally:
            os.kill(os.getpid(), signal.SIGINT)  # while everything is being stopped


def test_the_first_signal_ends_and_more_of_them_change_nothing() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(running.ToldToStop):
        signal_ourselves()
    assert signal.getsignal(signal.SIGTERM) is before


def test_the_greeting_names_the_people_and_both_addresses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    running.tell(Place(tmp_path, 8000, 8081), 3.21)
    said = capsys.readouterr().out
    assert "The library is open: http://127.0.0.1:8000/ " in said
    assert "Pretend LinkedIn: http://127.0.0.1:8081/\n" in said
    assert said.count("http://") == 2
    assert "Hanneke Postma" in said
