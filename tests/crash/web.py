"""The product's web process over real HTTP, and somebody who uses it all the time."""

import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import requests

from advocacy.people.models import Person
from tests.advocacy.library.reading import fields
from tests.advocacy.signing_in import cookie_of
from tests.crash.processes import Process
from tests.crash.scene import Scene, wait_for
from tests.ports import free_port

GRANIAN = ("--interface", "rsgi", "--factory", "--no-ws", "--http", "1")


@dataclass(frozen=True)
class Answered:
    """One page, as somebody met it."""

    status: int
    seconds: float
    retry_after: str


class Web:
    """granian, as the Procfile starts it."""

    def __init__(self, place: Scene) -> None:
        self.place, self.port = place, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "granian", *GRANIAN]
        command += ["--host", "127.0.0.1", "--port", str(self.port)]
        command += ["advocacy.app:create_rsgi"]
        environment = place.environment | {"BASE_URL": self.address}
        self.process = Process(place.folder, "web", command, **environment)
        place.closing.callback(self.process.kill)
        wait_for(self._answers, "the web process", 60)

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.address}/healthz", timeout=2).status_code < 500
        except requests.ConnectionError:
            return False


class Visitor:
    """A signed-in person with a browser."""

    def __init__(self, web: Web, person: Person) -> None:
        self.web = web
        self.browser = requests.Session()
        cookie = cookie_of(person.id, web.place.environment["SECRET_KEY"])
        self.browser.cookies.set("session", cookie, domain="127.0.0.1", path="/")

    def look(self, path: str) -> Answered:
        return self._timed(lambda: self.browser.get(self._at(path), timeout=30))

    def share(self, item_id: int, words: str) -> list[Answered]:
        """Open an item's page and press Share, as with the script: the answers."""
        seen: list[requests.Response] = []
        address = self._at(f"/items/{item_id}")
        opened = self._timed(lambda: self.browser.get(address, timeout=30), seen)
        if opened.status != 200:
            return [opened]
        form = f"/items/{item_id}/compose"
        sent = fields(_Page(seen[0].text), form)
        sent |= {"text": words, "do": "share", "live": "yes"}
        pressed = self._timed(
            lambda: self.browser.post(
                self._at(form), data=sent, timeout=30, allow_redirects=False
            )
        )
        return [opened, pressed]

    def _at(self, path: str) -> str:
        return f"{self.web.address}{path}"

    def _timed(
        self,
        call: Callable[[], requests.Response],
        seen: list[requests.Response] | None = None,
    ) -> Answered:
        start = time.monotonic()
        answer = call()
        if seen is not None:
            seen.append(answer)
        wait = answer.headers.get("Retry-After", "")
        return Answered(answer.status_code, time.monotonic() - start, wait)


@dataclass(frozen=True)
class _Page:
    text: str

    def get_data(self, *, as_text: bool) -> str:
        assert as_text
        return self.text


class Load:
    """Visitors who press Share again and again, each on one item after the other."""

    def __init__(self, visitors: list[Visitor], items: list[int], pause: float) -> None:
        self.answers: list[Answered] = []
        self.accepted = 0
        self.unanswered = 0  # pressed, and not told that it was taken in
        self._items, self._pause, self._over = items, pause, threading.Event()
        self._threads = [
            threading.Thread(target=self._go_on, args=(number, visitor), daemon=True)
            for number, visitor in enumerate(visitors)
        ]
        for thread in self._threads:
            thread.start()

    def _go_on(self, number: int, visitor: Visitor) -> None:
        for item_id in self._items:
            if self._over.wait(self._pause):
                return
            found = visitor.share(item_id, f"Visitor {number} about item {item_id}.")
            self.answers += found
            self.accepted += found[-1].status == 302
            self.unanswered += len(found) == 2 and found[-1].status != 302

    def stop(self) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def slowest(self) -> float:
        return max((one.seconds for one in self.answers), default=0)
