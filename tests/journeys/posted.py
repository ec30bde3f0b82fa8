"""A post as it arrived at the pretend network."""

from playwright.sync_api import Page, expect

from tests.journeys.inputs import TEXTS
from tests.journeys.walking import PATIENCE, Walk, reload_until, row_of


def see_it_posted(walk: Walk, kind: str) -> None:
    """It is out, and there with everything that belongs to it."""
    page, say = walk.page, walk.say
    page.goto("/shares")
    out = row_of(walk, kind).get_by_role(
        "link", name=say("Open on %(network)s", network="LinkedIn")
    )
    if walk.script:
        # The page watches by itself.
        expect(out).to_be_visible(timeout=PATIENCE)
    else:
        reload_until(page, out)
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
