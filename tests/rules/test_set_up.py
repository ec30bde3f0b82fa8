"""The one command: what it lists, what it installs, and that it does so once.

Continuous integration runs the real thing on a machine that has nothing. Here a Python that
only notes what it is asked stands in for the download.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("demo", "test", "check")
COMMANDS = ("demo", "test", "check", "crash", "bench", "dev", "lock")

# Answers like Python as far as `run` asks; makes a virtual environment that is itself.
PRETEND_PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >>"$NOTES"
case $* in
  "-m venv"*) for last; do :; done; mkdir -p "$last/bin"; : >"$last/pyvenv.cfg"
    cp "$0" "$last/bin/python"; exit ;;
  *"version_info[:3]"*) echo "${PRETEND_VERSION:-3.11.9}"; exit ;;
  *uv.txt*) exit "${UV_STATUS:-1}" ;;
  *"pip install"*) exit "${PIP_STATUS:-0}" ;;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A fresh copy of what `run` needs, in a folder with a space in its name."""
    folder = tmp_path / "a clone"
    folder.mkdir()
    shutil.copy(ROOT / "run", folder)
    shutil.copytree(ROOT / "requirements", folder / "requirements")
    for name in ("python", "python3.13"):
        program = tmp_path / "programs" / name
        program.parent.mkdir(exist_ok=True)
        program.write_text(PRETEND_PYTHON)
        program.chmod(0o755)
    return folder


def run(clone: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`./run` with the pretend Python first on an otherwise bare path."""
    programs = clone.parent / "programs"
    return subprocess.run(
        [clone / "run", *words],
        cwd="/",
        env={
            "PATH": f"{programs}:/usr/bin:/bin",
            "NOTES": str(clone.parent / "notes"),
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def notes(clone: Path) -> str:
    """What Python was asked since the last time one looked."""
    file = clone.parent / "notes"
    found = file.read_text() if file.exists() else ""
    file.unlink(missing_ok=True)
    return found


def test_alone_it_lists_every_command(clone: Path) -> None:
    listed = run(clone)
    assert listed.returncode == 0
    for command in COMMANDS:
        assert f"./run {command}" in listed.stdout


def test_what_it_does_not_know_it_refuses_with_the_list(clone: Path) -> None:
    refused = run(clone, "dmeo")
    assert refused.returncode == 2
    assert "./run demo" in refused.stderr


def test_make_has_the_same_commands() -> None:
    words = (ROOT / "Makefile").read_text()
    assert f"{' '.join(COMMANDS)}: ; @./run $@" in words


def test_it_installs_once_and_then_nothing(clone: Path) -> None:
    first = run(clone, "demo")
    assert first.returncode == 0, first.stderr
    assert "requirements/demo.txt" in notes(clone)

    second = run(clone, "demo")
    asked = notes(clone)
    assert second.returncode == 0
    assert second.stderr == ""
    assert "pip" not in asked
    assert "-m advocacy.cli demo" in asked


def test_a_port_that_is_taken_is_said_before_anything_is_installed(
    clone: Path,
) -> None:
    for name in ("advocacy/__init__.py", "advocacy/demo/__init__.py"):
        (clone / name).parent.mkdir()
        (clone / name).touch()
    shutil.copy(ROOT / "advocacy/demo/ports.py", clone / "advocacy/demo")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for command in ("demo", "dev"):
            failed = run(clone, command, PORT=port, PYTHON=sys.executable)
            assert failed.returncode == 1
            assert failed.stderr.startswith(f"Port {port} is taken. Take another one:")
    assert not (clone / ".venv").exists()


def test_a_changed_lock_is_installed(clone: Path) -> None:
    run(clone, "demo")
    notes(clone)
    with (clone / "requirements" / "demo.txt").open("a") as lock:
        lock.write("# changed\n")
    run(clone, "demo")
    assert "requirements/demo.txt" in notes(clone)


def test_another_python_is_noticed(clone: Path) -> None:
    run(clone, "demo")
    notes(clone)
    run(clone, "demo", PRETEND_VERSION="3.13.1")
    assert "requirements/demo.txt" in notes(clone)


def test_what_serves_the_tests_serves_the_demonstration(clone: Path) -> None:
    run(clone, "test", BROWSER_PATH="/bin/true")
    assert "requirements/test.txt" in notes(clone)
    run(clone, "demo")
    assert "requirements" not in notes(clone)


def test_without_uv_pip_installs_the_same_lock(clone: Path) -> None:
    assert run(clone, "demo", UV_STATUS="1").returncode == 0
    lines = [line for line in notes(clone).splitlines() if "pip install" in line]
    assert "--require-hashes -r requirements/uv.txt" in lines[0]
    assert "--require-hashes -r requirements/demo.txt" in lines[1]


def test_when_nothing_installs_it_says_where_to_look_and_tries_again(
    clone: Path,
) -> None:
    failed = run(clone, "demo", PIP_STATUS="1")
    assert failed.returncode == 1
    assert ".data/set-up.log" in failed.stderr
    assert "advocacy.cli" not in notes(clone)

    again = run(clone, "demo")
    assert again.returncode == 0
    assert "requirements/demo.txt" in notes(clone)


def test_a_python_that_does_not_run_is_passed_over(clone: Path) -> None:
    broken = clone.parent / "programs" / "python3.13"
    broken.write_text("#!/bin/sh\nexit 127\n")
    other = clone.parent / "programs" / "python3.12"
    other.write_text(PRETEND_PYTHON)
    other.chmod(0o755)
    assert run(clone, "demo").returncode == 0
    assert "-m venv" in notes(clone)


def test_without_any_python_it_says_what_is_needed(clone: Path, tmp_path: Path) -> None:
    empty = tmp_path / "no python"
    empty.mkdir()
    for name in ("sh", "dirname", "mkdir", "cksum", "cut", "cat", "printf", "rm"):
        found = shutil.which(name)
        assert found
        (empty / name).symlink_to(found)
    failed = run(clone, "demo", PATH=str(empty))
    assert failed.returncode == 1
    assert "Python 3.11 or newer" in failed.stderr


def test_a_virtual_environment_elsewhere(clone: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "my venv"
    assert run(clone, "demo", VENV=str(elsewhere)).returncode == 0
    assert (elsewhere / "bin" / "python").exists()
    assert not (clone / ".venv").exists()


def test_arguments_reach_pytest_without_coverage(clone: Path) -> None:
    run(clone, "test", "-k", "two words", BROWSER_PATH="/bin/true")
    asked = notes(clone).splitlines()[-1]
    assert asked == "-m pytest -k two words"
    run(clone, "test", BROWSER_PATH="/bin/true")
    assert "--cov-branch" in notes(clone).splitlines()[-1]


def pins(lock: str) -> dict[str, str]:
    """Each entry of a lock by its name and marker, hashes included."""
    whole = (ROOT / "requirements" / f"{lock}.txt").read_text().replace("\\\n", " ")
    entries = [" ".join(line.split()) for line in whole.splitlines() if line.strip()]
    return {entry.partition(" --hash")[0]: entry for entry in entries}


@pytest.mark.parametrize("lock", [*LOCKS, "uv"])
def test_a_lock_holds_hashes_and_no_addresses(lock: str) -> None:
    for name, entry in pins(lock).items():
        assert re.match(r"[a-z0-9][a-z0-9._-]*==\S+", name)
        assert "--hash=sha256:" in entry
        assert "://" not in entry
        assert "index" not in entry


@pytest.mark.parametrize(("smaller", "larger"), [("demo", "test"), ("test", "check")])
def test_a_lock_contains_the_smaller_one(smaller: str, larger: str) -> None:
    assert pins(smaller).items() <= pins(larger).items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    wanted = {
        "demo": project["project"]["dependencies"]
        + project["project"]["optional-dependencies"]["local"],
        "test": groups["test"],
        "check": groups["check"],
    }
    for lock, names in wanted.items():
        locked = {pin.split("==")[0] for pin in pins(lock)}
        asked = {re.split(r"[\[~<>=]", name)[0].lower() for name in names}
        assert asked <= locked


@pytest.mark.parametrize("script", ["run", ".ci/run"])
def test_the_scripts_can_be_started_by_any_shell(script: str) -> None:
    file = ROOT / script
    assert os.access(file, os.X_OK)
    assert file.read_text().startswith("#!/bin/sh\n")
    subprocess.run(["/bin/sh", "-n", file], check=True)
