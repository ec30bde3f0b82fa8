"""The main job, end to end, as people do it: with the demonstration's own processes and a browser.

Communications publishes three items, an employee shares them both ways, anybody opens the link,
the employee sees the visit and takes everything back, a manager reads released figures.

It is long because it is one walk: each step stands on what the steps before it left behind, so
the parts would be no tests of their own.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.inputs import CAPTIONS, TEXTS, WORDINGS, clip_file, picture_file
from tests.journeys.words import Words

VISITOR = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"
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


def walk_through(open_page, demo, folder: Path, *, clip: str, **look) -> None:
    """From an empty desk to released figures; `look` as `open_page` takes it."""
    script = look.get("javascript", True)
    words, mark = Words(look["language"]), secrets.token_hex(4)
    walk = Walk(open_page(**look), words, folder, demo.sandbox, mark, script)
    _publish_three(walk, clip)
    _share_by_copying(walk)
    _share_through_the_account(walk)
    _anybody_follows_the_link(open_page(**look, agent=VISITOR), walk)
    _the_employee_sees_the_visit(walk)
    _take_it_all_back(walk)
    _a_manager_reads_figures(walk)


def _look(walk: Walk) -> None:
    """A page that is only met on the way: axe finds nothing on it."""
    if walk.script:
        walk.page.wait_for_load_state()
        result = Axe().run(walk.page)
        assert result.violations_count == 0, result.generate_report()


# 1. Communications


def _publish_three(walk: Walk, clip: str) -> None:
    sign_in(walk.page, "Femke de Wit")
    _publish(walk, "link")
    _publish(walk, "pictures")
    _publish(walk, "video", clip)


def _publish(walk: Walk, kind: str, clip: str = "") -> None:
    page, say = walk.page, walk.say
    page.goto("/curate/new")
    page.locator(f"input[name=kind][value={kind}]").check(force=True)
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
    page.locator("input[name=topic]").first.check(force=True)
    page.locator("#leaves").fill(_in_days(20).strftime("%Y-%m-%d"))
    _look_as_colleagues(walk, kind)
    page.get_by_role("button", name=say("Publish"), exact=True).click()
    page.wait_for_url(re.compile(r"/curate$"))
    expect(page.get_by_role("status")).to_contain_text(
        say("Published. Colleagues see it in the library from now on.")
    )
    expect(page.get_by_role("link", name=walk.title(kind))).to_be_visible()


def _in_days(days: int) -> datetime:
    return datetime.now(ZoneInfo("Europe/Amsterdam")) + timedelta(days=days)


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


# 2. An employee


def _open_item(walk: Walk, kind: str) -> None:
    """Found in the library, by searching for it."""
    page = walk.page
    page.goto("/")
    page.locator("#q").fill(walk.title(kind))
    page.get_by_role("button", name=walk.say("Search"), exact=True).click()
    page.get_by_role("link", name=walk.title(kind)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(walk.title(kind))


def _write(walk: Walk, text: str) -> None:
    page = walk.page
    page.locator("#text").fill(text)
    if walk.script:
        shown = page.locator(".post [data-preview]")
        expect(shown).to_contain_text(text.split("\n", maxsplit=1)[0])


def _share_by_copying(walk: Walk) -> None:
    page, say = walk.page, walk.say
    sign_in(page, "Ivo Terpstra")
    _open_item(walk, "pictures")
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
    row = _row(walk, "pictures")
    expect(row.locator(".state")).to_contain_text(
        _start_of(say, "You told us you posted it, on")
    )


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


def _row(walk: Walk, kind: str):
    """The newest share of an item on the own page."""
    return walk.page.locator("li.share", has_text=walk.title(kind)).first


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
    _look(walk)
    page.get_by_role("button", name=say("Connect these two")).click()
    expect(page.get_by_text(f"Ivo {walk.mark}").first).to_be_visible()


def _share(walk: Walk, kind: str, text: str, at: str = "") -> None:
    page, say = walk.page, walk.say
    _open_item(walk, kind)
    _write(walk, text)
    if at:
        page.locator("details.behind summary").last.click()
        page.locator("#at").fill(at)
    # Without a script the button says what it does on the page that comes next.
    share = say("Plan this post") if at and walk.script else say("Share")
    page.get_by_role("button", name=share, exact=True).click()
    if not walk.script:
        expect(page.get_by_role("heading", level=1)).to_have_text(
            say("Is this what you want to post?")
        )
        confirm = say("Confirm and plan") if at else say("Confirm and share")
        page.get_by_role("button", name=confirm).click()
    page.wait_for_url(re.compile(r"/shares"))


def _look_at_the_question(walk: Walk, text: str) -> None:
    """The confirmation page comes where the composer's script does not: a slow line, say."""
    page = walk.page
    page.route("**/js/composer.js", lambda route: route.abort())
    _open_item(walk, "video")
    page.locator("#text").fill(text)
    page.get_by_role("button", name=walk.say("Share"), exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        walk.say("Is this what you want to post?")
    )
    _look(walk)
    page.unroute("**/js/composer.js")


def _share_through_the_account(walk: Walk) -> None:
    page, say = walk.page, walk.say
    _allow(walk, "p1")
    _connect(walk)
    text = TEXTS[say.language]
    _look_at_the_question(walk, text)
    _share(walk, "video", text)
    row = _row(walk, "video")
    expect(row.locator("[data-hold]")).to_be_visible()
    if walk.script:
        expect(row).to_be_focused()  # so Undo is two steps away
    row.get_by_role("button", name=say("Undo")).click()
    expect(page.get_by_role("status").first).to_contain_text(
        say("Undone. Nothing was sent.")
    )
    _allow(walk, "p3")
    _share(walk, "link", f"{text} {walk.mark}")
    _share(walk, "pictures", text)
    _share(walk, "video", text)
    _look(walk)  # while something is about to leave
    for kind in ("link", "pictures", "video"):
        _see_it_posted(walk, kind)
    page.goto("/shares")
    _row(walk, "video").get_by_role("link", name=say("Delete the post")).click()
    _look(walk)


def _see_it_posted(walk: Walk, kind: str) -> None:
    page, say = walk.page, walk.say
    page.goto("/shares")
    out = _row(walk, kind).get_by_role(
        "link", name=say("Open on %(network)s", network="LinkedIn")
    )
    if walk.script:
        # The page watches by itself.
        expect(out).to_be_visible(timeout=PATIENCE)
    else:
        _reload_until(page, out)
    page.goto(out.get_attribute("href"))
    post = page.locator(".feed-body")
    for line in TEXTS[say.language].split("\n\n"):
        expect(post.locator("> p").first).to_contain_text(line)
    if kind == "link":
        expect(post.locator(".feed-link strong")).not_to_be_empty()
    if not walk.script:
        # Looking into a picture or a clip takes a script.
        assert page.locator("figure").count() == (kind != "link")
        return
    if kind == "link":
        assert _loaded(page, ".feed-link img")
    if kind == "pictures":
        assert _loaded(page, "figure img")
        # Held upright by the phone, so upright here.
        assert page.evaluate(
            "(i => i.naturalHeight > i.naturalWidth)(document.querySelector('figure img'))"
        )
    if kind == "video":
        assert _plays(page)


def _reload_until(page: Page, there) -> None:
    for _try in range(60):
        if there.count():
            return
        page.wait_for_timeout(1500)
        page.reload()
    expect(there).to_be_visible()


def _loaded(page: Page, selector: str) -> bool:
    picture = page.locator(selector).first
    picture.scroll_into_view_if_needed()
    return picture.evaluate("i => i.decode().then(() => i.naturalWidth > 0)")


def _plays(page: Page) -> bool:
    """The clip is whole: it has a length, a picture, and moves on when played."""
    return page.locator("video").evaluate(
        """async v => {
            v.muted = true;
            await v.play();
            for (let i = 0; i < 100 && v.currentTime <= 0.2; i++)
                await new Promise(done => setTimeout(done, 100));
            return v.currentTime > 0.2 && v.videoWidth > 0 && v.duration > 4;
        }"""
    )


# 3. Anybody


def _anybody_follows_the_link(visitor: Page, walk: Walk) -> None:
    visitor.goto(f"{walk.sandbox}/feed/")
    post = visitor.locator("article.feed-post", has_text=walk.mark).filter(
        has=visitor.locator(".feed-link")
    )
    post.first.locator(".feed-link").click()
    visitor.wait_for_url(re.compile(r"/website/tower-41\?.*utm_source=linkedin"))
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()


# 4. The same employee


def _the_employee_sees_the_visit(walk: Walk) -> None:
    page, say = walk.page, walk.say
    page.goto("/shares")
    # Every ten seconds visits are counted.
    words = say("%(low)s to %(high)s visits", low=1, high=4)
    counted = _row(walk, "link").locator(".share-count", has_text=words)
    _reload_until(page, counted)
    page.get_by_role("button", name=say("Show exact counts")).click()
    expect(_row(walk, "link").locator(".share-count")).to_contain_text("1")
    # Off again, and the number is gone.
    page.goto("/consent")
    _turn_off(walk, "p3")
    page.goto("/shares")
    expect(page.locator(".share-count")).to_have_count(0)


def _turn_off(walk: Walk, purpose: str) -> None:
    page = walk.page
    switch = page.locator(f"form.purpose-switch[aria-labelledby={purpose}]")
    switch.get_by_role("button", name=walk.say("Turn off")).click()
    expect(
        page.locator(f"form.purpose-switch[aria-labelledby={purpose}] .dot--on")
    ).to_have_count(0)


def _take_it_all_back(walk: Walk) -> None:
    page, say = walk.page, walk.say
    _share(walk, "link", "Later", at=_in_days(1).strftime("%Y-%m-%dT09:30"))
    expect(_row(walk, "link").locator(".state")).to_contain_text("09")
    _row(walk, "link").get_by_role("link", name=say("Change")).click()
    _look(walk)
    if walk.script:
        _the_frame_says_how_old_it_is(walk)
    page.goto("/consent")
    _turn_off(walk, "p1")
    page.goto("/shares")
    expect(
        _row(walk, "link").get_by_role("button", name=say("Cancel this post"))
    ).to_have_count(0)
    page.goto("/consent")
    expect(page.get_by_text(f"Ivo {walk.mark}")).to_have_count(0)
    _open_item(walk, "link")
    expect(page.get_by_role("button", name=say("Share"), exact=True)).to_have_count(0)


def _the_frame_says_how_old_it_is(walk: Walk) -> None:
    page, say = walk.page, walk.say
    frame, button = page.locator("#shown"), page.locator("[data-share]")
    planned, text = say("As it is planned"), page.locator("#text").input_value()
    for typed, told in (
        (text, planned),
        (f"{text}!", say("As it was before this change")),
        (text, planned),
    ):
        page.locator("#text").fill(typed)
        expect(frame).to_have_text(told)
    expect(button).to_have_text(say("Confirm the change"))
    page.locator("#at").fill("")
    expect(button).to_have_text(say("Send it now"))


# 5. A manager


def _a_manager_reads_figures(walk: Walk) -> None:
    page, say = walk.page, walk.say
    sign_in(page, "Hanneke Postma")
    page.goto("/reach")
    expect(page.locator(".figure-value").first).to_be_visible()
    expect(page.locator(".figure-margin").first).to_contain_text(re.compile(r"\d"))
    expect(page.locator(".chart svg:visible").first).to_be_visible()
    expect(
        page.get_by_role("heading", name=say("The rule behind every figure"))
    ).to_be_visible()
    page.locator("details.behind summary").first.click()
    expect(page.locator("details.behind tbody tr")).to_have_count(28)
    text = page.locator("main").inner_text()
    for name in ("Ivo", "Marit", "Femke", "Hanneke"):
        assert name not in text
