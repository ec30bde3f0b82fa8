"""Every page, in both languages, at both widths, light and dark: no fault that a machine can see.

axe-core looks for what people with a screen reader, a keyboard or weak eyes would meet; beside it
each page is asked for its heading, its width, and whether the browser complained.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(400)]

PAGES = {
    "-": ["/sign-in", "/nowhere", "/l/unknown-code"],
    "Ivo Terpstra": [
        "/",
        "/?q=Tower",
        "/?q=nothing-has-this-word",
        "/shares",
        "/consent",
        "/consent/check",
        "/accounts",
        "/reach",
        "/reach/method",
        "/curate",  # refused: 403
    ],
    "Marit Hoekstra": ["/shares", "/consent"],
    "Femke de Wit": ["/curate", "/curate/new"],
}
LOOKS = [
    ("en", 390, False),
    ("en", 1280, True),
    ("nl", 390, True),
    ("nl", 1280, False),
]


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
@pytest.mark.parametrize("name", list(PAGES))
def test_pages_have_no_fault_that_a_machine_sees(
    open_page, name, language, width, dark
):
    page = open_page(language=language, width=width, dark=dark)
    said = _listen(page)
    if name != "-":
        sign_in(page, name)
    for address in [*PAGES[name], *_found_on_the_way(page, name)]:
        page.goto(address)
        _look(page, address)
    assert said == []


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
def test_pages_on_the_way_to_somewhere_have_none_either(
    open_page, language, width, dark
):
    """Forms that were refused, questions before something final, texts ready to paste."""
    page = open_page(language=language, width=width, dark=dark)
    _refused_at_the_door(page)
    sign_in(page, "Suze Kramer")
    for address in _ways_of_a_share(page):
        page.goto(address)
        _look(page, address)
    sign_in(page, "Femke de Wit")
    page.goto("/curate/new")
    page.locator("button[value=publish]").click()
    assert page.locator("[data-errors]").count() == 1
    _look(page, "an item that is refused")


def _refused_at_the_door(page: Page) -> None:
    page.goto("/sign-in")
    if not page.locator("#email").is_visible():
        page.locator("details summary").first.click()
    page.locator("#email").fill("nobody@veenstroom.example")
    page.locator("#password").fill("not the password at all")
    page.locator("#password").press("Enter")
    assert page.locator("[aria-invalid=true], [role=alert]").count() >= 1
    _look(page, "a refused sign-in")


def _ways_of_a_share(page: Page) -> list[str]:
    """Compose badly and well, copy, and come back with the addresses met on the way."""
    page.goto("/")
    item = page.locator(".card h2 a, .card h3 a").first.get_attribute("href")
    page.goto(item)
    page.locator("#text").fill("x" * 3001)
    page.locator("button[value=copy]").click()
    _look(page, "a text that is refused")
    page.goto(item)
    page.locator("#text").fill("Well said. 👷 #energygrid")
    _look(page, "a text while it is written")
    page.locator("button[value=copy]").click()
    ready = page.url
    _look(page, "a text to paste")
    page.goto("/consent")
    page.locator("form.purpose-switch[aria-labelledby=p5] button").first.click()
    page.goto("/consent")
    receipt = page.locator("a[href*='/consent/receipts/']").first.get_attribute("href")
    return [ready, receipt, "/shares", "/demo/people"]


def _listen(page: Page) -> list[str]:
    """What the browser complains of; a page that is not there is one on purpose."""
    said: list[str] = []

    def hear(message) -> None:
        if message.type in {"error", "warning"} and "status of 40" not in message.text:
            said.append(message.text)

    page.on("console", hear)
    return said


def _found_on_the_way(page: Page, name: str) -> list[str]:
    """Pages whose address is only known by going there."""
    if name == "-":
        return []
    if name == "Femke de Wit":
        page.goto("/curate")
        item = page.locator("table th a").first.get_attribute("href")
        return [item, f"{item}/as-employees", f"{item}/withdraw"]
    page.goto("/")
    cards = page.locator(".card h2 a, .card h3 a")
    return [cards.nth(n).get_attribute("href") for n in range(min(cards.count(), 4))]


def _look(page: Page, address: str) -> None:
    page.wait_for_load_state()  # its look included: a press comes back before that
    heading = page.locator("h1")
    assert heading.count() == 1, address
    first = re.sub(r"\s+", " ", heading.inner_text()).strip()
    assert page.title().startswith(first), (address, page.title(), first)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{address} is {width} px wide"
    page.evaluate(
        "document.querySelectorAll('main details').forEach(d => { d.open = true })"
    )
    result = Axe().run(page)
    assert result.violations_count == 0, f"{address}\n{result.generate_report()}"
