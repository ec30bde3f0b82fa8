"""Load on one server: wrk where it is, else a plain generator in Python."""

import random
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench import generator

SCRIPT = Path(__file__).with_name("load.lua")
CONNECTIONS = 32


@dataclass(frozen=True)
class Target:
    """What is asked for: one address, or with `codes` (a file) a link each time."""

    address: str
    codes: Path | None = None
    cookie: str = ""


@dataclass(frozen=True)
class Burst:
    """What came of one: answers that were right, and their times in milliseconds."""

    requests: int
    seconds: float
    p50: float
    p99: float
    errors: int

    @property
    def a_second(self) -> float:
        return self.requests / self.seconds


def speed(one: Burst) -> float:
    """What ratios of are told."""
    return one.a_second


def burst(target: Target, seconds: float, connections: int = CONNECTIONS) -> Burst:
    """Ask as fast as the server answers, on so many connections that stay open.

    Raises OSError, ValueError where the load could not be made.
    """
    wrk = shutil.which("wrk")
    if wrk is None:
        return Burst(*generator.load(target, seconds, connections))
    command = [wrk, "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s"]
    command += ["--timeout", "10s", "-s", str(SCRIPT)]
    if target.cookie:
        command += ["-H", f"Cookie: {target.cookie}"]
    command += [target.address, "--", str(random.getrandbits(31))]
    command += [str(target.codes)] if target.codes else []
    said = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return read(said.stdout + said.stderr)


def read(said: str) -> Burst:
    """What the script says at the end. Raises ValueError."""
    found = said.partition("FOUND ")[2].split()[:5]
    if len(found) < 5:
        raise ValueError(f"wrk said: {said[-500:]}")
    requests, microseconds, errors = map(int, found[:3])
    p50, p99 = (float(one) / 1000 for one in found[3:])
    return Burst(requests - errors, microseconds / 1e6, p50, p99, errors)
