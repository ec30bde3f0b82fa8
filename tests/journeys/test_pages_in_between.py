"""Pages that only a mishap leads to: a story withdrawn meanwhile, a line that broke, too much
of something. In both languages, at both widths, light and dark, as every other page.
"""

import re
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browsers import tick
from tests.journeys.conftest import sign_in
from tests.journeys.inputs import WORDINGS
from tests.journeys.looking import Looker

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]

# More than a form may carry in words.
TOO_LONG = 1_200_000
MET_BY_A_WRITER = {"library.compose", "library.item"}
MET_BY_A_SHARER = {"accounts.confirm", "shares.again_page"}
MET = MET_BY_A_WRITER | MET_BY_A_SHARER
LANGUAGES = pytest.mark.parametrize("language", ["en", "nl"])


def test_a_story_that_leaves_the_library_while_somebody_writes(open_page):
    desk = open_page()
    item = _publish(desk)
    lookers = [Looker(open_page(language=language)) for language in ("en", "nl")]
    for looker in lookers:
        sign_in(looker.page, "Willem Bos")
        looker.page.goto(item)
        looker.page.locator("#text").fill("Nearly done writing.")
    _withdraw(desk, item)
    for looker in lookers:
        page = looker.page
        page.locator("button[value=copy]").click()
        expect(page.locator("#text")).to_have_value("Nearly done writing.")
        looker.look_at_both_widths("the story has left")
        page.goto(item)
        looker.look_at_both_widths("a link to what was withdrawn")
        assert looker.met == MET_BY_A_WRITER
        assert looker.said == []


@LANGUAGES
def test_too_much_of_something(open_page, language):
    page = open_page(language=language)
    looker = Looker(page)
    _guess_passwords(page)
    looker.look_at_both_widths("too many tries")
    sign_in(page, "Willem Bos")
    page.goto("/consent/check")
    page.evaluate(f"document.querySelector('#document').value = 'x'.repeat({TOO_LONG})")
    with page.expect_response("**/consent/check") as answer:
        page.locator("main button[type=submit]").first.click()
    assert answer.value.status == 413
    looker.look_at_both_widths("a form that is too large")
    assert looker.said == []


@LANGUAGES
def test_a_text_whose_sender_is_signed_out_meanwhile(open_page, language):
    page = open_page(language=language)
    looker = Looker(page)
    sign_in(page, "Willem Bos")
    _open_first_item(page)
    page.locator("#text").fill("This must not be lost.")
    page.context.clear_cookies()
    page.locator("button[value=copy]").click()
    expect(page.locator("#text")).to_have_value("This must not be lost.")
    looker.look_at_both_widths("a text that is kept")
    assert looker.said == []


def test_the_question_before_a_post_leaves_and_before_it_leaves_again(open_page, demo):
    """Both languages in one go: breaking the line again would take another wait."""
    english, dutch = (Looker(open_page(language=one)) for one in ("en", "nl"))
    page = english.page
    sign_in(page, "Willem Bos")
    _connect(english)
    sign_in(dutch.page, "Willem Bos")
    for looker in (dutch, english):
        _ask_to_share(looker.page)
        looker.look_at_both_widths("the question before a post leaves")
    broken = {"fault": "drop_after_commit"}
    page.request.post(f"{demo.sandbox}/sandbox/faults", data=broken)
    page.locator("button[value=confirm]").click()
    again = page.locator("a[href$='/again']").first
    expect(again).to_be_visible(timeout=40_000)  # the page watches by itself
    address = again.get_attribute("href")
    for looker in (english, dutch):
        looker.page.goto(address)
        looker.look_at_both_widths("the question before it leaves again")
    page.locator("form[action$='/leave'] button").click()
    assert english.met >= MET_BY_A_SHARER
    assert english.said == dutch.said == []


def _publish(desk: Page) -> str:
    """A small item of one's own, so that nobody else misses it; its address."""
    title = f"Soon away {secrets.token_hex(4)}"
    sign_in(desk, "Femke de Wit")
    desk.goto("/curate/new")
    tick(desk.locator("input[name=kind][value=message]"))
    desk.locator("#title").fill(title)
    desk.locator("#why").fill("Because it counts.")
    desk.locator("#goal").fill("Room on the grid by 2030")
    for n, wording in enumerate(WORDINGS["en"], start=1):
        desk.locator(f"#wording-{n}").fill(wording)
    tick(desk.locator("input[name=topic]").first)
    leaves = datetime.now(UTC) + timedelta(days=20)
    desk.locator("#leaves").fill(f"{leaves:%Y-%m-%d}")
    desk.locator("button[value=publish]").click()
    desk.wait_for_url(re.compile("/curate$"))
    edit = desk.get_by_role("link", name=title).get_attribute("href")
    return f"/items/{re.search(r'[0-9]+', edit)[0]}"


def _withdraw(desk: Page, item: str) -> None:
    desk.goto(f"{item.replace('items', 'curate')}/withdraw")
    desk.locator("#reason").fill("It was a figure of last year.")
    desk.locator("main button[type=submit]").click()
    desk.wait_for_url(re.compile("/curate"))


def _guess_passwords(page: Page) -> None:
    """Until the service wants a pause, for a name that nobody has."""
    nobody = f"{secrets.token_hex(4)}@veenstroom.example"
    page.goto("/sign-in")
    page.locator("#email").fill(nobody)
    page.locator("#password").fill("a guess, and not a good one")
    token = page.locator("[name=csrf_token]").first.input_value()
    form = {"csrf_token": token, "email": nobody, "password": "another guess"}
    for _try in range(12):
        if page.request.post("/sign-in", form=form).status == 429:
            break
    with page.expect_response("**/sign-in") as answer:
        page.locator("#password").press("Enter")
    assert answer.value.status == 429


def _open_first_item(page: Page) -> None:
    page.goto("/")
    page.goto(page.locator(".card h2 a, .card h3 a").first.get_attribute("href"))


def _ask_to_share(page: Page) -> None:
    """The question comes to whoever has no script; axe itself needs one."""
    page.route(
        "**/js/composer.js",
        lambda route: route.fulfill(body="", content_type="text/javascript"),
    )
    _open_first_item(page)
    page.locator("#text").fill(f"One more time. {secrets.token_hex(4)}")
    page.locator("button[data-share]").click()
    expect(page.locator("button[value=confirm]")).to_be_visible()


def _connect(looker: Looker) -> None:
    """Allow it and connect; anew, if an earlier language did."""
    page = looker.page
    page.goto("/accounts")
    disconnect = page.locator("form[action$='/disconnect'] button")
    if disconnect.count():
        disconnect.click()
    page.goto("/consent")
    switch = page.locator("form.purpose-switch[aria-labelledby=p1]")
    if switch.locator("button[value=on]").count():
        switch.locator("button").click()
    page.locator("form[action$='/accounts/linkedin/connect'] button").click()
    page.locator("#other").fill("Willem Bos")
    page.get_by_role("button", name="Allow").click()
    page.wait_for_url(re.compile("/accounts/linkedin/confirm$"))
    looker.look_at_both_widths("two accounts by name")
    page.locator("form[action$='/confirm'] button").click()
    page.wait_for_url(re.compile("/consent"))
