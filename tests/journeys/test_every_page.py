"""Every page, in both languages, at both widths, light and dark: no fault that a machine can see.

axe-core looks for what people with a screen reader, a keyboard or weak eyes would meet; beside it
each page is asked for its heading, its width, and whether the browser complained.
"""

import pytest
from playwright.sync_api import Page

from integrations.clock import now
from tests.journeys import test_pages_in_between as in_between
from tests.journeys.conftest import sign_in
from tests.journeys.looking import LOOKS, Looker, addresses, page_at

pytestmark = [pytest.mark.journey, pytest.mark.timeout(400)]

PAGES = {
    "-": ["/sign-in", "/nowhere", "/l/unknown-code"],
    "Ivo Terpstra": [
        "/",
        "/?q=Tower",
        "/?q=nothing-has-this-word",
        "/shares",
        "/shares/figures",
        "/consent",
        "/consent/check",
        "/accounts",
        "/time-zone",
        "/reach",
        "/reach/method",
        "/reach/parameters",
        "/reach/ledger",
        "/reach/attacks",
        "/curate",  # refused: 403
    ],
    "Marit Hoekstra": ["/shares", "/shares/figures", "/consent"],
    "Femke de Wit": [
        "/curate",
        "/curate/new",
        "/curate/organisations",
        "/reach/units",
        "/reach/items",
    ],
    "Hanneke Postma": ["/reach"],
    "Suze Kramer": ["/service", "/reach/parameters"],
    "Willem Bos": [
        "/reach/units",
        "/reach/items",
        "/reach/parameters",
        f"/reach/ledger/{now().year}",
        "/reach/seals",
        "/reach/access-log",
        "/reach/access-log/before/1",
    ],
}
# Their addresses are only known by going there.
FOUND_ON_THE_WAY = {
    "Ivo Terpstra": {"library.item"},
    "Marit Hoekstra": {"library.item", "shares.address_page"},
    "Suze Kramer": {"library.item"},
    "Femke de Wit": {
        "curation.edit",
        "curation.as_employees",
        "curation.withdraw",
        "reach.group",
    },
    "Willem Bos": {"reach.confirm_parameters"},
}
WAYS_OF_A_SHARE = {
    "shares.text",
    "consent.receipt_page",
    "shares.mine",
    "people_demo.choose_person",
}
NO_PAGES = {
    "accounts.back": "goes on to the next page",
    "consent.download": "a file",
    "council.as_html": "a file that council/test_in_a_browser.py looks at",
    "council.as_pdf": "a file",
    "health.alive": "for programs",
    "health.ready": "for programs",
    "library.media": "a picture or a film",
    "own_figures.as_json": "a file",
    "own_figures.as_table": "a file",
    "reach.as_csv": "a file",
    "reach.as_json": "a file",
    "reach.group_as_csv": "a file",
    "reach.group_as_json": "a file",
    "reach.items_as_csv": "a file",
    "reach.items_as_json": "a file",
    "reach.units_as_csv": "a file",
    "reach.units_as_json": "a file",
}
IN_THE_MAIN_JOB = {
    "shares.delete_page": "main_job looks at it when the post is out",
    "shares.time_page": "main_job looks at it when a post is planned",
}


def test_no_page_is_forgotten():
    """Each test below asserts that it met what is counted here."""
    met = {page_at(address) for there in PAGES.values() for address in there}
    met |= set().union(*FOUND_ON_THE_WAY.values(), WAYS_OF_A_SHARE)
    met |= in_between.MET | set(IN_THE_MAIN_JOB)
    pages = {
        rule.endpoint for rule in addresses().iter_rules() if "GET" in rule.methods
    }
    assert pages - met == set(NO_PAGES)
    assert met - {""} <= {rule.endpoint for rule in addresses().iter_rules()}


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
@pytest.mark.parametrize("name", list(PAGES))
def test_pages_have_no_fault_that_a_machine_sees(
    open_page, name, language, width, dark
):
    page = open_page(language=language, width=width, dark=dark)
    looker = Looker(page)
    if name != "-":
        sign_in(page, name)
    for address in [*PAGES[name], *_found_on_the_way(page, name)]:
        looker.go(address)
    expected = {page_at(address) for address in PAGES[name]}
    assert looker.met == expected | FOUND_ON_THE_WAY.get(name, set())
    assert looker.said == []


@pytest.mark.parametrize(("language", "width", "dark"), LOOKS)
def test_pages_on_the_way_to_somewhere_have_none_either(
    open_page, language, width, dark
):
    """Forms that were refused, questions before something final, texts ready to paste."""
    page = open_page(language=language, width=width, dark=dark)
    looker = Looker(page)
    _refused_at_the_door(looker)
    sign_in(page, "Suze Kramer")
    for address in _ways_of_a_share(looker):
        looker.go(address)
    sign_in(page, "Femke de Wit")
    page.goto("/curate/new")
    page.locator("button[value=publish]").click()
    assert page.locator("[data-errors]").count() == 1
    looker.look("an item that is refused")
    assert looker.met >= WAYS_OF_A_SHARE


def _refused_at_the_door(looker: Looker) -> None:
    page = looker.page
    page.goto("/sign-in")
    if not page.locator("#email").is_visible():
        page.locator("details summary").first.click()
    page.locator("#email").fill("nobody@veenstroom.example")
    page.locator("#password").fill("not the password at all")
    page.locator("#password").press("Enter")
    assert page.locator("[aria-invalid=true], [role=alert]").count() >= 1
    looker.look("a refused sign-in")


def _ways_of_a_share(looker: Looker) -> list[str]:
    """Compose badly and well, copy, and come back with the addresses met on the way."""
    page = looker.page
    page.goto("/")
    item = page.locator(".card h2 a, .card h3 a").first.get_attribute("href")
    page.goto(item)
    page.locator("#text").fill("x" * 3001)
    page.locator("button[value=copy]").click()
    looker.look("a text that is refused")
    page.goto(item)
    page.locator("#text").fill("Well said. 👷 #energygrid")
    looker.look("a text while it is written")
    page.locator("button[value=copy]").click()
    ready = page.url
    looker.look("a text to paste")
    page.goto("/consent")
    page.locator("form.purpose-switch[aria-labelledby=p5] button").first.click()
    page.goto("/consent")
    receipt = page.locator("a[href*='/consent/receipts/']").first.get_attribute("href")
    return [ready, receipt, "/shares", "/demo/people"]


def _question_before_the_second_key(page: Page) -> str:
    """Somebody else has to have asked for it, unless that was done before."""
    page.goto("/reach/parameters")
    question = page.locator("main a[href$='/confirm']")
    if not question.count():
        sign_in(page, "Suze Kramer")
        page.goto("/reach/parameters")
        page.locator("#figure").select_option("organisation:clicks")
        page.locator("#sigma").fill("90")
        page.locator("#raise button[value=ask]").click()
        sign_in(page, "Willem Bos")
        page.goto("/reach/parameters")
    return question.first.get_attribute("href")


def _found_on_the_way(page: Page, name: str) -> list[str]:
    """Pages whose address is only known by going there."""
    if name in {"-", "Hanneke Postma"}:
        return []
    if name == "Willem Bos":
        return [_question_before_the_second_key(page)]
    if name == "Femke de Wit":
        page.goto("/curate")
        item = page.locator("table th a").first.get_attribute("href")
        page.goto("/reach/units")
        group = page.locator("table th a").first.get_attribute("href")
        return [item, f"{item}/as-employees", f"{item}/withdraw", group]
    page.goto("/")
    cards = page.locator(".card h2 a, .card h3 a")
    found = [cards.nth(n).get_attribute("href") for n in range(min(cards.count(), 4))]
    if name == "Marit Hoekstra":
        page.goto("/shares")
        posted = page.locator("a[href$='/address']").first
        found.append(posted.get_attribute("href"))
    return found
