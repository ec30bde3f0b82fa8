"""Programs that are given little: memory, time, files, and nothing to read about us."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from content.limited import Limits, TookTooLong, run_limited

WIDE = Limits(memory=1 << 30, cpu_seconds=20, file_bytes=1 << 20, seconds=30)
PYTHON = [sys.executable, "-I", "-c"]


def test_what_it_prints_and_how_it_ends_comes_back() -> None:
    code, printed = run_limited([*PYTHON, "print('é'); raise SystemExit(3)"], WIDE)

    assert (code, printed.decode()) == (3, "é\n")


def test_it_sees_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not tell")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")

    _, printed = run_limited([*PYTHON, "import os; print(sorted(os.environ))"], WIDE)

    assert printed.decode().strip() in ("['LC_ALL']", "['LC_ALL', 'LC_CTYPE']")


def test_its_memory_ends_where_we_say() -> None:
    code, _ = run_limited([*PYTHON, "bytearray(1 << 31)"], WIDE)

    assert code == 1


def test_its_files_end_where_we_say(tmp_path: Path) -> None:
    write = f"open({str(tmp_path / 'large')!r}, 'wb').write(bytes(1 << 22))"

    code, _ = run_limited([*PYTHON, write], WIDE)

    assert code != 0
    assert (tmp_path / "large").stat().st_size <= 1 << 20


def test_its_work_ends_where_we_say() -> None:
    for endless, limits in (
        ("while True: pass", replace(WIDE, cpu_seconds=1)),
        ("import time; time.sleep(99)", replace(WIDE, seconds=0.3)),
    ):
        with pytest.raises(TookTooLong):
            run_limited([*PYTHON, endless], limits)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise of Linux")
def test_it_does_not_outlive_a_killed_parent() -> None:
    run = (
        "from content.limited import *;"
        "run_limited(['/bin/sleep', '97'], Limits(1 << 30, 20, 1 << 20, 90))"
    )
    parent = subprocess.Popen([sys.executable, "-c", run])
    children = Path(f"/proc/{parent.pid}/task/{parent.pid}/children")
    # Until it has become the program: before that it takes its limits.
    while not (child := children.read_text().strip()) or _program(child) != "sleep":
        assert parent.poll() is None
        time.sleep(0.02)

    os.kill(parent.pid, signal.SIGKILL)
    parent.wait()

    while _program(child) == "sleep":
        time.sleep(0.02)


def _program(number: str) -> str:
    """The name of a running program; empty when it is gone or waits to be buried."""
    try:
        name, state = Path(f"/proc/{number}/stat").read_text().split()[1:3]
    except OSError:
        return ""
    return "" if state == "Z" else name.strip("()")
