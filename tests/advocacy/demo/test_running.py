"""The demonstration as a whole, started as people start it, in a folder with a space."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from advocacy.demo.processes import answers
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[3]
OPEN = re.compile(r"The library is open: (http://\S+)/")

pytestmark = pytest.mark.timeout(600)


class Demonstration:
    """One run: its process, its ports, what it says."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.sandbox = free_port()
        self.folder = folder
        environment = {
            **os.environ,
            "PORT": str(self.port),
            "SANDBOX_PORT": str(self.sandbox),
            "DEMO_FOLDER": str(folder),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "advocacy.cli", "demo"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def wait_until_open(self) -> str:
        """What it says up to its last line before it is quiet."""
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                return said
        raise AssertionError(said)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def family(self) -> set[int]:
        """It and everything it started, grandchildren included."""
        found, parents = {self.process.pid}, _parents()
        while more := {one for one, of in parents.items() if of in found} - found:
            found |= more
        return found

    def end(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        self.process.wait(timeout=60)
        return self.process.returncode


def _parents() -> dict[int, int]:
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal() and (fields := _stat(entry)):
            parents[int(entry.name)] = int(fields[1])
    return parents


def _stat(entry: Path) -> list[str]:
    try:
        return (entry / "stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _alive(number: int) -> bool:
    fields = _stat(Path("/proc", str(number)))
    return bool(fields) and fields[0] != "Z"


def eventually(ready: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of all runs here, in a place only its owner may enter."""
    return tmp_path_factory.mktemp("demo") / "all data"


@pytest.fixture
def start(folder: Path) -> Iterator[Callable[[], Demonstration]]:
    runs: list[Demonstration] = []

    def begin() -> Demonstration:
        runs.append(Demonstration(folder))
        return runs[-1]

    yield begin
    for run in runs:
        if run.process.poll() is None:
            run.process.kill()
        run.process.communicate(timeout=60)


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
        return str(answer.read().decode())


Start = Callable[[], Demonstration]


def test_the_first_run_opens_the_library_and_a_signal_ends_it_all(
    start: Start, folder: Path
) -> None:
    run = start()
    said = run.wait_until_open()

    assert OPEN.findall(said) == [run.address]
    assert f"Pretend LinkedIn: http://127.0.0.1:{run.sandbox}/\n" in said
    assert said.count("http://") == 2
    for name in ("Ivo Terpstra", "Femke de Wit", "Hanneke Postma"):
        assert name in said
        assert name in page(f"{run.address}/sign-in")

    website = f"http://127.0.0.1:{run.sandbox}/website/tower-41"
    assert "380 amps" in page(website)

    second = Demonstration(folder)
    output, _ = second.process.communicate(timeout=60)
    assert second.process.returncode == 1
    assert "runs already" in output

    family = run.family()
    assert len(family) > 7
    assert run.end() == 0
    assert not [number for number in family if _alive(number)]
    assert not answers(f"{run.address}/healthz")


def test_a_second_run_keeps_the_data_and_survives_no_kill(
    start: Start, folder: Path
) -> None:
    keys = (folder / "keys").read_text()
    media = sorted(file.name for file in (folder / "media").iterdir())
    run = start()
    said = run.wait_until_open()
    assert "sample organisation" not in said
    assert (folder / "keys").read_text() == keys
    assert sorted(file.name for file in (folder / "media").iterdir()) == media

    family = run.family()
    assert run.end(signal.SIGKILL) == -signal.SIGKILL
    assert eventually(lambda: not any(_alive(number) for number in family))


def test_one_process_that_ends_ends_all_and_its_last_words_are_shown(
    start: Start,
) -> None:
    run = start()
    run.wait_until_open()
    family = run.family()
    sandbox = next(
        number for number in family if b"linkedin_sandbox" in _command(number)
    )
    os.kill(sandbox, signal.SIGKILL)
    output, _ = run.process.communicate(timeout=60)
    assert run.process.returncode == 1
    assert "sandbox stopped with status -9, so everything stops" in output
    assert not [number for number in family if _alive(number)]


def _command(number: int) -> bytes:
    try:
        return Path("/proc", str(number), "cmdline").read_bytes()
    except FileNotFoundError:
        return b""


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        tried = subprocess.run(
            [sys.executable, "-m", "advocacy.cli", "demo"],
            cwd=ROOT,
            env={**os.environ, "PORT": str(port), "DEMO_FOLDER": str(tmp_path / "x")},
            capture_output=True,
            text=True,
            check=False,
        )
    assert tried.returncode == 1
    assert f"Port {port} is taken" in tried.stderr
    assert re.search(r"PORT=\d+ ./run demo", tried.stderr)
    assert not (tmp_path / "x").exists()
