"""The demonstration as it is started by hand, and a real browser to walk through it."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
# Long enough to undo, short enough to wait for.
HOLD_SECONDS = 12
# Of each process's log, for whoever reads why a walk failed.
LAST_CHARACTERS = 6_000
# Of what happened on a page, for the same reader.
LAST_EVENTS = 40


class Running:
    """A demonstration that somebody started before, to walk through again and again."""

    def __init__(self, address: str, sandbox: str) -> None:
        self.address, self.sandbox = address, sandbox

    def last_words(self) -> str:
        """They are where it was started."""
        return ""

    def stop(self) -> None:
        """It goes on."""


class Demo:
    """A demonstration of our own."""

    def __init__(self, folder: Path) -> None:
        self.port, self.logs = free_port(), folder / "logs"
        environment = os.environ | {
            "PORT": str(self.port),
            "SANDBOX_PORT": str(free_port()),
            "DEMO_FOLDER": str(folder),
            "HOLD_SECONDS": str(HOLD_SECONDS),
        }
        self.child = subprocess.Popen(
            [sys.executable, "-m", "advocacy.cli", "demo"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []
        self.address = self._wait()
        self.sandbox = f"http://127.0.0.1:{environment['SANDBOX_PORT']}"

    def _wait(self) -> str:
        assert self.child.stdout is not None
        alarm = threading.Timer(START_SECONDS, self.child.kill)
        alarm.start()
        for line in self.child.stdout:
            self.said.append(line)
            if found := re.search(r"The library is open: (\S+?)/ ", line):
                alarm.cancel()
                # Whatever it says later must not fill the pipe and stop it.
                self.reader = threading.Thread(target=self.child.stdout.read)
                self.reader.start()
                return found[1]
        raise AssertionError("the demonstration did not start: " + "".join(self.said))

    def last_words(self) -> str:
        """The end of what each process wrote."""
        return "".join(
            f"{file.stem}:\n{file.read_text(errors='replace')[-LAST_CHARACTERS:]}\n"
            for file in sorted(self.logs.glob("*.log"))
        )

    def stop(self) -> None:
        self.child.send_signal(signal.SIGTERM)
        try:
            self.child.wait(60)
        except subprocess.TimeoutExpired:
            self.child.kill()
            raise
        finally:
            self.reader.join(10)
            assert self.child.stdout is not None
            self.child.stdout.close()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo | Running]:
    """JOURNEY_DEMO="address sandbox-address" names one that runs already."""
    if started := os.environ.get("JOURNEY_DEMO"):
        running: Demo | Running = Running(*started.split())
    else:
        running = Demo(tmp_path_factory.mktemp("demo"))
    yield running
    running.stop()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed walk shows what its pages and the demonstration's processes said last."""
    report = yield
    if report.failed and (walked := item.funcargs.get("demo")):
        report.sections.append(("the demonstration", walked.last_words()))
    if report.failed and (opened := item.funcargs.get("opened_pages")):
        report.sections.append(("the pages", "\n".join(map(str, opened))))
    return report


class OpenedPage:
    """What was asked, answered and refused on a page, for whoever reads why a walk failed."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.events: deque[str] = deque(maxlen=LAST_EVENTS)
        page.on("requestfailed", lambda it: self.note("failed", it.url, it.failure))
        page.on("response", lambda it: self.note(it.status, it.request.method, it.url))
        page.on("console", lambda it: self.note(it.type, it.text))

    def note(self, *words: object) -> None:
        clock = datetime.now(UTC).strftime("%H:%M:%S.%f")
        self.events.append(" ".join(map(str, (clock, *words))))

    def __str__(self) -> str:
        try:
            shown = self.page.locator("body").inner_text(timeout=3_000)
        except Error as closed:
            shown = str(closed)
        return "\n".join([self.page.url, *self.events, shown])


OpenPage = Callable[..., Page]


@pytest.fixture
def opened_pages() -> list[OpenedPage]:
    """Those of one walk, in the order in which they were opened."""
    return []


@pytest.fixture
def open_page(
    browser: Browser, demo: Demo | Running, opened_pages: list[OpenedPage]
) -> Iterator[OpenPage]:
    """Open a browser of its own: language, width, scheme and JavaScript can be chosen."""
    opened: list[BrowserContext] = []

    def open_one(
        *,
        language: str = "en",
        width: int = 1280,
        dark: bool = False,
        javascript: bool = True,
        agent: str | None = None,
    ) -> Page:
        context = browser.new_context(
            user_agent=agent,
            base_url=demo.address,
            locale={"en": "en-GB", "nl": "nl-NL"}[language],
            timezone_id="Europe/Amsterdam",
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=javascript,
            permissions=["clipboard-read", "clipboard-write"],
        )
        context.set_default_timeout(20_000)
        opened.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
        opened_pages.append(OpenedPage(page))
        return page

    yield open_one
    for context in opened:
        context.close()


def sign_in(page: Page, name: str) -> None:
    """Choose one of the sample people at the door."""
    page.context.clear_cookies()
    page.goto("/sign-in")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(re.compile(r"/$"))
