"""Visitors of tracked links over real HTTP, and the process that sends them on."""

import http.client
import itertools
import os
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import requests

from bench.procfile import procfile
from tests.advocacy.links.agents import PEOPLE
from tests.crash.processes import Process
from tests.crash.scene import Scene, wait_for
from tests.ports import free_port

HOST = "127.0.0.1"
ANSWER_SECONDS = 10
GONE_SECONDS = 0.02  # before somebody whose connection broke comes again
AGENT = PEOPLE["Chrome on Windows"]


class Links:
    """The Procfile's `links`, which is killed and comes back to the same address."""

    def __init__(self, place: Scene, workers: int) -> None:
        self.place, self.port = place, free_port()
        line = procfile()["links"].replace("--workers 1", f"--workers {workers}")
        self.command = ["/bin/sh", "-c", f"exec {line}"]
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.environment = place.environment | {
            "PATH": programs,
            "LINKS_PORT": str(self.port),
            "PROXY_HOPS": "1",  # visitors say where they come from
        }
        self.process: Process | None = None
        place.closing.callback(self.kill)
        self.start()

    def start(self) -> None:
        """Come back when it answers."""
        folder = self.place.folder
        self.process = Process(folder, "links", self.command, **self.environment)
        wait_for(self._answers, "the process of the links", 60)

    def kill(self) -> None:
        """All of it at once: granian and the processes it started."""
        if self.process is not None:
            self.process.kill()

    def _answers(self) -> bool:
        address = f"http://{HOST}:{self.port}/healthz"
        try:
            return requests.get(address, timeout=2).status_code == 200
        except requests.RequestException:
            return False


class Visitors:
    """Threads that follow one link after the other, each time as somebody else."""

    def __init__(self, port: int, codes: list[str], threads: int) -> None:
        self.sent, self.sent_on = Counter[str](), Counter[str]()
        self.statuses = Counter[str]()
        self._port, self._codes = port, codes
        self._numbers, self._guard = itertools.count(), threading.Lock()
        self._over = threading.Event()
        self._threads = [
            threading.Thread(target=self._go_on, daemon=True) for _ in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _go_on(self) -> None:
        line = http.client.HTTPConnection(HOST, self._port, timeout=ANSWER_SECONDS)
        while not self._over.is_set():
            try:
                self._follow_one(line)
            except (OSError, http.client.HTTPException):
                line.close()
                time.sleep(GONE_SECONDS)
        line.close()

    def _follow_one(self, line: http.client.HTTPConnection) -> None:
        if line.sock is None:
            line.connect()
        number = next(self._numbers)
        code = self._codes[number % len(self._codes)]
        self._note(self.sent, code)
        status = _visited(line, number, code)
        self._note(self.statuses, str(status))
        if status == 302:
            self._note(self.sent_on, code)

    def _note(self, counts: Counter[str], what: str) -> None:
        with self._guard:
            counts[what] += 1


def _visited(line: http.client.HTTPConnection, number: int, code: str) -> int:
    """What was answered, all of it. Nobody comes twice, or from a network like another."""
    network = f"{11 + number // 65_536}.{number // 256 % 256}.{number % 256}"
    told = {"User-Agent": AGENT, "X-Forwarded-For": f"{network}.7"}
    line.request("GET", f"/l/{code}", headers=told)
    answer = line.getresponse()
    answer.read()
    return answer.status
