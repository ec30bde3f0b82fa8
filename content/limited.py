"""Runs the programs that open strangers' files: own process, fixed limits."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("limits_child.py")


class TookTooLong(Exception):
    """The program was ended at its limit of time."""


@dataclass(frozen=True)
class Limits:
    """What a child may use."""

    memory: int  # bytes of address space
    cpu_seconds: int
    file_bytes: int  # size of the largest file it may write
    seconds: float  # by the clock on the wall


def run_limited(program: Sequence[str], limits: Limits) -> tuple[int, bytes]:
    """Run it to its end; exit code (negative: a signal) and what it printed.

    The environment is empty: no proxy, no Python path, no secrets to be read from it.
    """
    numbers = (limits.memory, limits.cpu_seconds, limits.file_bytes)
    launcher = [sys.executable, "-I", "-S", str(_LAUNCHER), *map(str, numbers)]
    child = subprocess.Popen(  # noqa: S603 (fixed programs of our own)
        [*launcher, *program],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    with child:
        try:
            printed, _ = child.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired as error:
            raise TookTooLong from error
        finally:
            # Also when we are interrupted: nothing of it lives on.
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise TookTooLong
    return child.returncode, printed
