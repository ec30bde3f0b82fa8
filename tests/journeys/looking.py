"""Looking at a page as a machine can: axe-core, heading, width, what the browser complains of.

Whoever looks also writes down which page it was, so that none is forgotten.
"""

import re
from functools import cache

from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import ConsoleMessage, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from advocacy.app import SLICES, RowNumber, people
from advocacy.links.fast_path import PREFIX

# In both languages together each width is seen light and dark.
LOOKS = [
    ("en", 390, False),
    ("en", 1280, True),
    ("nl", 390, True),
    ("nl", 1280, False),
]


# Colours that are still on their way to another scheme would be judged by halves.
SETTLED = """new Promise(done => requestAnimationFrame(() => done(Promise.all(
    document.getAnimations().map(one => one.finished)))))"""

# The same faults, without a list of what is well: a third faster.
FAULTS_ONLY = {"resultTypes": ["violations"]}


@cache
def addresses() -> Map:
    """The service's addresses, without the service."""
    app = Flask("addresses", static_folder=None)
    app.url_map.converters["int"] = RowNumber
    for slice_ in SLICES:
        app.register_blueprint(slice_.blueprint)
    app.register_blueprint(people.demo_blueprint)
    return app.url_map


def page_at(address: str) -> str:
    """Which page of the service stands there; "" for none."""
    path = re.sub(r"^https?://[^/]+|[?#].*$", "", address)
    if path.startswith(PREFIX):
        return ""  # the fast path keeps the code to itself
    for method in ("GET", "POST"):
        try:
            return str(addresses().bind("").match(path, method)[0])
        except HTTPException:
            continue
    return ""


class Looker:
    """Looks at what one browser shows, and keeps account."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.met: set[str] = set()
        self.said: list[str] = []
        page.on("console", self._hear)

    def _hear(self, message: ConsoleMessage) -> None:
        """A page that is not there is one on purpose."""
        about_status = re.search(r"status of [45]\d\d", message.text)
        if message.type in {"error", "warning"} and not about_status:
            self.said.append(message.text)

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look(address)

    def look(self, what: str) -> None:
        """At the page as it stands in the window."""
        page = self.page
        page.wait_for_load_state()  # its look included: a press comes back before that
        self.met.add(page_at(page.url))
        heading = page.locator("h1")
        assert heading.count() == 1, what
        first = re.sub(r"\s+", " ", heading.inner_text()).strip()
        assert page.title().startswith(first), (what, page.title(), first)
        page.evaluate(
            "document.querySelectorAll('main details').forEach(d => { d.open = true })"
        )
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= page.viewport_size["width"], f"{what} is {width} px wide"
        result = Axe().run(page, options=FAULTS_ONLY)
        assert result.violations_count == 0, f"{what}\n{result.generate_report()}"

    def look_at_both_widths(self, what: str) -> None:
        """For a page that is hard to come by: the window changes, the page stays."""
        language = self.page.locator("html").get_attribute("lang")
        for one, width, dark in LOOKS:
            if one == language:
                self.page.set_viewport_size({"width": width, "height": 900})
                scheme = "dark" if dark else "light"
                self.page.emulate_media(color_scheme=scheme)
                self.page.evaluate(SETTLED)
                self.look(f"{what} ({one}, {width} px, {scheme})")
