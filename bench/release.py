"""Opening and releasing all windows of a quarter, for 1,000 to 100,000 people."""

import json
import subprocess
import sys
from pathlib import Path

from bench.figures import Part, told
from bench.organisation import counts, fill
from bench.servers import ROOT, Servers

SIZES = (1_000, 10_000, 100_000)
SHORT_SIZES = (500, 1_000, 3_000)


def run(folder: Path, *, short: bool) -> Part:
    """About four minutes; short, half of one."""
    part = Part("release", short=short)
    sizes = SHORT_SIZES if short else SIZES
    seconds, megabytes = [], []
    with Servers(folder) as servers:
        for staff in sizes:
            engine = servers.database(f"staff_{staff}")
            fill(engine, staff)
            found = _released(servers.postgres.address(f"staff_{staff}"))
            seconds.append(sum(took for _table, _figures, took in found["releases"]))
            megabytes.append(found["megabytes"])
            part.rows.append(_row(found, counts(engine)))
            engine.dispose()
    part.tell("release_seconds", [seconds[-1]])
    part.tell("release_memory", [megabytes[-1]])
    part.tell("release_memory_small", [megabytes[0]])
    growth = (seconds[-1] / seconds[0]) / (sizes[-1] / sizes[0])
    part.tell("release_growth", [growth])
    part.note(
        "Windows of every length that begin on one Monday, released together; a third of"
        " the people share 14 times a year, and a share is visited five times."
    )
    return part


def _released(address: str) -> dict:
    command = [sys.executable, "-m", "bench.releasing", address]
    ran = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=False, cwd=ROOT
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-2000:])
    return json.loads(ran.stdout)


def _row(found: dict, rows: dict[str, int]) -> dict[str, str]:
    releases = found["releases"]
    return {
        "people": f"{rows['person']:,}",
        "units": f"{rows['unit']:,}",
        "shares": f"{rows['share']:,}",
        "days of visits": f"{rows['click_day']:,}",
        "opening, s": told(found["opening"]),
        "released": ", ".join(
            f"{table} {figures:,} in {told(took)} s"
            for table, figures, took in releases
        ),
        "peak, MB": told(found["megabytes"]),
    }
