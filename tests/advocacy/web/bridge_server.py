"""Granian with the small application of `bridged`, as a process."""

import os
import sys
import time

from advocacy.demo.children import Child
from advocacy.demo.environment import ROOT
from tests.advocacy.web.raw import ask, request
from tests.ports import LOOPBACK, free_port


class BridgeServer:
    """The small application, as granian serves it in one of its two ways."""

    def __init__(self, folder, interface, film):
        self.port = free_port()
        self.film = film
        command = [sys.executable, "-m", "granian", "--interface", interface]
        command += ["--factory", "--no-ws", "--http", "1", "--host", LOOPBACK]
        command += ["--port", str(self.port), "--log-level", "warning"]
        command += ["--workers-kill-timeout", "20", "--backpressure", "64"]
        command += [f"tests.advocacy.web.bridged:create_{interface}"]
        environment = os.environ | {
            "FILE_TO_SEND": str(film),
            "PYTHONHASHSEED": "0",  # methods are told in the order of a set
        }
        log = folder / f"{interface}-{self.port}.log"
        self.child = Child(interface, command, environment, ROOT, log)

    def __enter__(self):
        self.child.start()
        end = time.monotonic() + 20
        while not self._answers():
            assert self.child.status is None, self.child.tail()
            assert time.monotonic() < end, self.child.tail()
            time.sleep(0.05)
        return self

    def _answers(self):
        try:
            return self.get("/echo").status == 200
        except OSError:
            return False

    def __exit__(self, *_problem):
        self.child.ask_to_stop()
        self.child.make_sure(10)

    def get(self, path, *headers, method="GET"):
        return ask(self.port, request(path, *headers, method=method))

    def post(self, path, body, *headers):
        return ask(self.port, request(path, *headers, method="POST", body=body))
