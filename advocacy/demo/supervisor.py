"""Starts the processes in their order, looks after them, and ends them all."""

import os
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from advocacy.demo.children import Child
from advocacy.demo.environment import ROOT
from advocacy.demo.processes import Processes
from advocacy.demo.watching import Watch
from advocacy.people.demo_people import DEMO_PEOPLE
from advocacy.web.catalogues import compile_catalogues

PATIENCE_SECONDS = 300
STOP_SECONDS = 8


class CannotRun(Exception):
    """Something is in the way; the sentence says what, and what to do."""


@dataclass
class Supervisor:
    """The running processes, youngest last."""

    processes: Processes
    children: list[Child] = field(default_factory=list)

    def start(self, *, tables_ready: bool) -> None:
        """Start all and return when each of them answers."""
        preparing = self.processes.preparing()
        members = [person.name for person in DEMO_PEOPLE]
        self._begin(preparing, self.processes.sandbox(members), self.processes.web())
        if not tables_ready:
            self._wait_for_end(preparing)
        # These two look at the tables straight away.
        self._begin(self.processes.worker(), self.processes.clock())
        if tables_ready:
            self._wait_for_end(preparing)
        for child in self.children:
            self.wait_for(child)

    def _begin(self, *children: Child) -> None:
        for child in children:
            self.children.append(child)
            child.start()

    def _wait_for_end(self, child: Child) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while child.status is None and time.monotonic() < end:
            time.sleep(0.05)
            self.look_after(child)
        if child.status != 0:
            raise CannotRun(_what_happened(child))
        self.children.remove(child)

    def wait_for(self, child: Child) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not child.ready(child):
            self.look_after()
            if time.monotonic() > end:
                raise CannotRun(f"{child.name} did not get ready.\n{child.tail()}")
            time.sleep(0.05)

    def look_after(self, *but: Child) -> None:
        """One process that ends by itself ends all: half a service helps nobody."""
        for child in self.children:
            if child not in but and child.status is not None:
                raise CannotRun(_what_happened(child))

    def watch_over(self, *, reload: bool) -> None:
        """Stay until a signal comes or a process ends."""
        watch = Watch(ROOT) if reload else None
        while True:
            time.sleep(0.5)
            self.look_after()
            if watch and (changed := watch.changed()):
                self.begin_again(changed)

    def begin_again(self, changed: set[Path]) -> None:
        kinds = {file.suffix for file in changed}
        if ".po" in kinds:
            compile_catalogues()
        again = {"web", "worker", "clock"} if ".py" in kinds else {"web"}
        chosen = [child for child in self.children if child.name in again]
        sys.stdout.write(
            f"{min(changed).name} changed: starting {', '.join(sorted(again))} anew.\n"
        )
        sys.stdout.flush()
        _end(chosen)
        for child in chosen:
            child.start()

    def stop(self) -> None:
        """First those that take work, then those they work with."""
        helpers = [child for child in self.children if child.name == "sandbox"]
        _end([child for child in self.children if child not in helpers])
        _end(helpers)


def _end(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    end = time.monotonic() + STOP_SECONDS
    for child in children:
        child.make_sure(max(0.1, end - time.monotonic()))


def _what_happened(child: Child) -> str:
    return (
        f"{child.name} stopped with status {child.status}, so everything stops."
        f" The end of {os.path.relpath(child.log)}:\n{child.tail()}"
    )
