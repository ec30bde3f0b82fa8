"""Somebody who walks through the service with a browser, and what is done again and again."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.words import Words

# Preparing a video, and LinkedIn's own processing of it, take a while.
PATIENCE = 90_000


@dataclass
class Walk:
    """One walk through everything: its page, its words, its own titles."""

    page: Page
    say: Words
    folder: Path
    sandbox: str
    mark: str
    script: bool

    def title(self, kind: str) -> str:
        return f"{kind.capitalize()} {self.mark}"


def look_over(walk: Walk) -> None:
    """A page that is only met on the way: axe finds nothing on it."""
    if walk.script:
        walk.page.wait_for_load_state()
        result = Axe().run(walk.page)
        assert result.violations_count == 0, result.generate_report()


def in_days(days: int) -> datetime:
    """By the clock of the sample organisation."""
    return datetime.now(ZoneInfo("Europe/Amsterdam")) + timedelta(days=days)


def open_item(walk: Walk, kind: str) -> None:
    """Found in the library, by searching for it."""
    page = walk.page
    page.goto("/")
    page.locator("#q").fill(walk.title(kind))
    page.get_by_role("button", name=walk.say("Search"), exact=True).click()
    page.get_by_role("link", name=walk.title(kind)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(walk.title(kind))


def row_of(walk: Walk, kind: str):
    """The newest share of an item on the own page."""
    return walk.page.locator("li.share", has_text=walk.title(kind)).first


def reload_until(page: Page, there) -> None:
    """Press reload as somebody does who waits for something."""
    for _try in range(60):
        if there.count():
            return
        page.wait_for_timeout(1500)
        page.reload()
    expect(there).to_be_visible()
