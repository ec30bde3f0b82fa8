"""A real browser: how it is started, and a page in it of somebody signed in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

PLACES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
# Headless, and silent: it asks nobody on the internet for anything.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def launch_arguments() -> dict[str, object]:
    """For Playwright: BROWSER_PATH, else an installed one, else Playwright's own."""
    path = os.environ.get("BROWSER_PATH") or next(
        (path for path in PLACES if Path(path).exists()), None
    )
    return {"args": FLAGS} | ({"executable_path": path} if path else {})


@contextmanager
def signed_in_page(browser: Browser, address: str, cookie: str) -> Iterator[Page]:
    """A page in the browser of somebody whose session this cookie is."""
    context = browser.new_context(base_url=address, locale="en-GB")
    context.add_cookies([{"name": "session", "value": cookie, "url": address}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    # A file that is still being served would be closed by nobody.
    page.wait_for_load_state("networkidle")
    context.close()


def tick(box: Locator) -> None:
    """A box or a round button that is drawn by its label: press that, as people do."""
    box.locator("xpath=ancestor::label").click()
    expect(box).to_be_checked()
