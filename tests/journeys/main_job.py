"""The main job, end to end, as people do it: with the demonstration's own processes and a browser.

Communications publishes three items, an employee shares them both ways, anybody opens the link,
the employee sees the visit and takes everything back, a manager reads released figures. It is one
walk: each step stands on what the steps before it left behind.
"""

import re
import secrets
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in
from tests.journeys.publishing import publish_three
from tests.journeys.sharing import share, share_by_copying, share_through_the_account
from tests.journeys.walking import (
    Walk,
    in_days,
    look_over,
    open_item,
    reload_until,
    row_of,
)
from tests.journeys.words import Words

VISITOR = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


def walk_through(open_page, demo, folder: Path, *, clip: str, **look) -> None:
    """From an empty desk to released figures; `look` as `open_page` takes it."""
    script = look.get("javascript", True)
    words, mark = Words(look["language"]), secrets.token_hex(4)
    walk = Walk(open_page(**look), words, folder, demo.sandbox, mark, script)
    publish_three(walk, clip)
    share_by_copying(walk)
    share_through_the_account(walk)
    _anybody_follows_the_link(open_page(**look, agent=VISITOR), walk)
    _the_employee_sees_the_visit(walk)
    _take_it_all_back(walk)
    _a_manager_reads_figures(walk)


def _anybody_follows_the_link(visitor: Page, walk: Walk) -> None:
    visitor.goto(f"{walk.sandbox}/feed/")
    post = visitor.locator("article.feed-post", has_text=walk.mark).filter(
        has=visitor.locator(".feed-link")
    )
    post.first.locator(".feed-link").click()
    visitor.wait_for_url(re.compile(r"/website/tower-41\?.*utm_source=linkedin"))
    expect(visitor.get_by_role("heading", level=1)).to_be_visible()


def _the_employee_sees_the_visit(walk: Walk) -> None:
    page, say = walk.page, walk.say
    page.goto("/shares")
    # Every ten seconds visits are counted.
    words = say("%(low)s to %(high)s visits", low=1, high=4)
    counted = row_of(walk, "link").locator(".share-count", has_text=words)
    reload_until(page, counted)
    page.get_by_role("button", name=say("Show exact counts")).click()
    expect(row_of(walk, "link").locator(".share-count")).to_contain_text("1")
    # Off again, and the number is gone.
    page.goto("/consent")
    _turn_off(walk, "p3")
    page.goto("/shares")
    expect(page.locator(".share-count")).to_have_count(0)


def _take_it_all_back(walk: Walk) -> None:
    page, say = walk.page, walk.say
    share(walk, "link", "Later", at=in_days(1).strftime("%Y-%m-%dT09:30"))
    expect(row_of(walk, "link").locator(".state")).to_contain_text("09")
    row_of(walk, "link").get_by_role("link", name=say("Change")).click()
    look_over(walk)
    if walk.script:
        _the_frame_says_how_old_it_is(walk)
    page.goto("/consent")
    _turn_off(walk, "p1")
    page.goto("/shares")
    expect(
        row_of(walk, "link").get_by_role("button", name=say("Cancel this post"))
    ).to_have_count(0)
    page.goto("/consent")
    expect(page.get_by_text(f"Ivo {walk.mark}")).to_have_count(0)
    open_item(walk, "link")
    expect(page.get_by_role("button", name=say("Share"), exact=True)).to_have_count(0)


def _turn_off(walk: Walk, purpose: str) -> None:
    page = walk.page
    switch = page.locator(f"form.purpose-switch[aria-labelledby={purpose}]")
    switch.get_by_role("button", name=walk.say("Turn off")).click()
    expect(
        page.locator(f"form.purpose-switch[aria-labelledby={purpose}] .dot--on")
    ).to_have_count(0)


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
    months = page.locator("[aria-labelledby=month-over-time] details.behind tbody")
    expect(months.locator("tr")).to_have_count(28)
    text = page.locator("main").inner_text()
    for name in ("Ivo", "Marit", "Femke", "Hanneke"):
        assert name not in text
