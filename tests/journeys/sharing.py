"""An employee shares items both ways: by copying, and through the connected account."""

import re

from playwright.sync_api import expect

from tests.journeys.conftest import sign_in
from tests.journeys.inputs import TEXTS, WORDINGS
from tests.journeys.posted import see_it_posted
from tests.journeys.walking import Walk, look_over, open_item, row_of
from tests.journeys.words import Words


def share_by_copying(walk: Walk) -> None:
    """From the library to the own page, which says that it was posted."""
    page, say = walk.page, walk.say
    sign_in(page, "Ivo Terpstra")
    open_item(walk, "pictures")
    # A suggestion goes into the box, and comes out again.
    page.get_by_role("button", name=say("Start from this")).first.click()
    expect(page.locator("#text")).to_have_value(WORDINGS[say.language][0])
    _write(walk, TEXTS[say.language])
    page.get_by_role("button", name=say("Make it ready to paste")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        say("Your text, ready to paste")
    )
    if walk.script:
        _copy_it(walk)
    ready = page.locator("#text").input_value()
    assert ready.startswith(TEXTS[say.language].split("\n", maxsplit=1)[0])
    opener = page.locator("a[data-copy]")
    assert opener.get_attribute("href").startswith(f"{walk.sandbox}/feed/?shareActive")
    page.get_by_role("button", name=say("I posted it")).click()
    page.wait_for_url(re.compile(r"/shares"))
    row = row_of(walk, "pictures")
    expect(row.locator(".state")).to_contain_text(
        _start_of(say, "You told us you posted it, on")
    )


def _write(walk: Walk, text: str) -> None:
    page = walk.page
    page.locator("#text").fill(text)
    if walk.script:
        shown = page.locator(".post [data-preview]")
        expect(shown).to_contain_text(text.split("\n", maxsplit=1)[0])


def _copy_it(walk: Walk) -> None:
    """The press that says so copies the text, and opens LinkedIn beside."""
    page = walk.page
    with page.expect_popup() as opened:
        page.get_by_role("link", name=walk.say("Copy and open LinkedIn")).click()
    expect(page.locator("[data-copied]")).to_have_text(walk.say("Copied."))
    opened.value.close()


def _start_of(say: Words, start: str) -> str:
    """The fixed beginning of a sentence that goes on with a date."""
    sentence = say(f"{start} %(day)s", day="\0")
    return sentence.split("\0")[0].strip()


def share_through_the_account(walk: Walk) -> None:
    """Allowed, connected, undone once, and posted in every kind."""
    page, say = walk.page, walk.say
    _allow(walk, "p1")
    _connect(walk)
    text = TEXTS[say.language]
    _look_at_the_question(walk, text)
    share(walk, "video", text)
    row = row_of(walk, "video")
    expect(row.locator("[data-hold]")).to_be_visible()
    if walk.script:
        expect(row).to_be_focused()  # so Undo is two steps away
    row.get_by_role("button", name=say("Undo")).click()
    expect(page.get_by_role("status").first).to_contain_text(
        say("Undone. Nothing was sent.")
    )
    _allow(walk, "p3")
    share(walk, "link", f"{text} {walk.mark}")
    share(walk, "pictures", text)
    share(walk, "video", text)
    look_over(walk)  # while something is about to leave
    for kind in ("link", "pictures", "video"):
        see_it_posted(walk, kind)
    page.goto("/shares")
    row_of(walk, "video").get_by_role("link", name=say("Delete the post")).click()
    look_over(walk)


def _allow(walk: Walk, purpose: str) -> None:
    page = walk.page
    page.goto("/consent")
    switch = page.locator(f"form.purpose-switch[aria-labelledby={purpose}]")
    switch.get_by_role("button", name=walk.say("Turn on")).click()
    on = page.locator(f"form.purpose-switch[aria-labelledby={purpose}] .dot--on")
    expect(on).to_be_visible()


def _connect(walk: Walk) -> None:
    page, say = walk.page, walk.say
    page.get_by_role("button", name=say("Connect LinkedIn")).click()
    expect(
        page.get_by_role("heading", name="May this app act for you?")
    ).to_be_visible()
    assert page.url.startswith(f"{walk.sandbox}/oauth/v2/authorization")
    page.locator("#other").fill(f"Ivo {walk.mark}")
    page.get_by_role("button", name="Allow").click()
    look_over(walk)
    page.get_by_role("button", name=say("Connect these two")).click()
    expect(page.get_by_text(f"Ivo {walk.mark}").first).to_be_visible()


def _look_at_the_question(walk: Walk, text: str) -> None:
    """The confirmation page comes where the composer's script does not: a slow line, say."""
    page = walk.page
    page.route("**/js/composer.js", lambda route: route.abort())
    open_item(walk, "video")
    page.locator("#text").fill(text)
    page.get_by_role("button", name=walk.say("Share"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        walk.say("Is this what you want to post?")
    )
    look_over(walk)
    page.unroute("**/js/composer.js")


def share(walk: Walk, kind: str, text: str, at: str = "") -> None:
    """Send it off now, or plan it for `at`, as a box for times takes it."""
    page, say = walk.page, walk.say
    open_item(walk, kind)
    _write(walk, text)
    if at:
        page.locator("details.behind summary").last.click()
        page.locator("#at").fill(at)
    # Without a script the button says what it does on the page that comes next.
    press = say("Plan this post") if at and walk.script else say("Share")
    page.get_by_role("button", name=press, exact=True).first.click()
    if not walk.script:
        expect(page.get_by_role("heading", level=1)).to_have_text(
            say("Is this what you want to post?")
        )
        confirm = say("Confirm and plan") if at else say("Confirm and share")
        page.get_by_role("button", name=confirm).click()
    page.wait_for_url(re.compile(r"/shares"))
