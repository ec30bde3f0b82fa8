"""What the processes take while nobody is there, and how soon the demonstration opens."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from advocacy.demo.ports import HOST, free_port
from bench.figures import Part
from bench.machine import processor_seconds, proportional_megabytes
from bench.servers import END_SECONDS, ROOT, START_SECONDS, Server, Servers, status
from integrations.local_services import tied

KINDS = ("web", "links", "worker", "clock")
QUIET_SECONDS, QUIET_PART = 5, 0.02  # so little of a processor is nothing to do
LONGEST_START = 300  # the first time, when the sample organisation is made
PORT, SANDBOX_PORT = 18_400, 18_500


def run(folder: Path, *, short: bool) -> Part:
    """About two minutes."""
    part = Part("idle", short=short)
    with Servers(folder) as servers:
        servers.database("idle")
        running = {kind: servers.product(kind, "idle") for kind in KINDS}
        for kind in ("web", "links"):
            status(f"{running[kind].address}/l/nothing")  # a page each
        for kind, server in running.items():
            _wait_until_quiet(server)
            part.tell(f"idle_{kind}", [proportional_megabytes(server.pid)])
    _start_demo(folder)
    part.tell("demo", [_start_demo(folder) for _time in range(1 if short else 3)])
    return part


def _wait_until_quiet(server: Server) -> None:
    """Until it does next to nothing. Raises TimeoutError."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        before = processor_seconds(server.pid)
        time.sleep(QUIET_SECONDS)
        spent = processor_seconds(server.pid) - before
        if before and spent < QUIET_PART * QUIET_SECONDS:
            return
    raise TimeoutError(f"{server.name} does not come to rest")


def _start_demo(folder: Path) -> float:
    """Start the demonstration as anyone does; seconds until a page is there, then stop."""
    port = free_port(PORT)
    told = {"PORT": str(port), "SANDBOX_PORT": str(free_port(SANDBOX_PORT))}
    told["DEMO_FOLDER"] = str(folder / "demo")
    log = folder / "demo.log"
    start = time.monotonic()
    with log.open("wb") as out:
        child = subprocess.Popen(  # noqa: S603
            tied([ROOT / "run", "demo"]),
            cwd=ROOT,
            env=os.environ | told,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        while status(f"http://{HOST}:{port}/sign-in") != 200:
            late = time.monotonic() - start > LONGEST_START
            if late or child.poll() is not None:
                raise RuntimeError(f"no demonstration: {log.read_text()[-2000:]}")
            time.sleep(0.05)
        return time.monotonic() - start
    finally:
        child.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            child.wait(2 * END_SECONDS)
        child.kill()
        child.wait()
