"""Communications publishes a link, pictures and a video."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browsers import tick
from tests.journeys.conftest import sign_in
from tests.journeys.inputs import CAPTIONS, WORDINGS, clip_file, picture_file
from tests.journeys.walking import PATIENCE, Walk, in_days


def publish_three(walk: Walk, clip: str) -> None:
    """One item of each kind; `clip` is what the video's file is: mp4 or mov."""
    sign_in(walk.page, "Femke de Wit")
    _publish(walk, "link")
    _publish(walk, "pictures")
    _publish(walk, "video", clip)


def _publish(walk: Walk, kind: str, clip: str = "") -> None:
    page, say = walk.page, walk.say
    page.goto("/curate/new")
    tick(page.locator(f"input[name=kind][value={kind}]"))
    if kind == "link":
        _fetch_card(walk)
    page.locator("#title").fill(walk.title(kind))
    page.locator("#why").fill("Omdat het telt. 🌍 Because it counts.")
    page.locator("#goal").fill("Room on the grid by 2030")
    if kind == "pictures":
        _hand_in(walk, "picture", picture_file(walk.folder))
        page.locator("[data-file] input[name=alt]").fill("Een mast in de regen")
    if kind == "video":
        _hand_in(walk, "video", clip_file(walk.folder, clip))
        page.locator("#captions_text").fill(CAPTIONS)
    for n, wording in enumerate(WORDINGS[say.language], start=1):
        page.locator(f"#wording-{n}").fill(wording)
        page.locator(f"#wording-language-{n}").select_option(say.language)
    tick(page.locator("input[name=topic]").first)
    page.locator("#leaves").fill(in_days(20).strftime("%Y-%m-%d"))
    _look_as_colleagues(walk, kind)
    page.get_by_role("button", name=say("Publish"), exact=True).click()
    page.wait_for_url(re.compile(r"/curate$"))
    expect(page.get_by_role("status")).to_contain_text(
        say("Published. Colleagues see it in the library from now on.")
    )
    expect(page.get_by_role("link", name=walk.title(kind))).to_be_visible()


def _fetch_card(walk: Walk) -> None:
    page, say = walk.page, walk.say
    page.locator("#link").fill(f"{walk.sandbox}/website/tower-41")
    page.get_by_role("button", name=say("Fetch title and picture")).click()
    expect(page.locator("#link-help")).to_have_text(
        say("We fetched its title and picture a moment ago. You may change both.")
    )
    assert page.locator("#card_title").input_value() != ""
    pictures = page.locator("[data-file] input[name=alt]")
    if pictures.count():
        pictures.first.fill("A row of pylons at sunrise")


def _hand_in(walk: Walk, field: str, file: Path) -> None:
    walk.page.locator(f"input#{field}").set_input_files(file)
    if not walk.script:
        box = walk.page.locator(f"[data-kind={field}]")
        box.get_by_role("button", name=walk.say("Send the file")).click()
    stored = walk.page.locator(f"[data-kind={field}] [data-file]")
    expect(stored).to_have_count(1, timeout=PATIENCE)
    expect(stored).to_contain_text(file.name)


def _look_as_colleagues(walk: Walk, kind: str) -> None:
    """The draft looks as the item will; then back to the form, with everything in it."""
    page, say = walk.page, walk.say
    page.get_by_role("button", name=say("See as colleagues will")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(walk.title(kind))
    expect(page.get_by_text(WORDINGS[say.language][0])).to_be_visible()
    page.get_by_role("link", name=say("Go on changing it")).click()
    expect(page.locator("#title")).to_have_value(walk.title(kind))
