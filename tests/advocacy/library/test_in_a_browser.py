"""What the desk's script confirms in a real browser: only what it has shown."""

from datetime import timedelta
from time import monotonic

import pytest
from playwright.sync_api import expect

from integrations.clock import now
from integrations.database import open_session
from tests.advocacy.shares.making import connect_account, make_item, make_person
from tests.advocacy.signing_in import signed_in
from tests.browsers import signed_in_page
from tests.serving import served

pytestmark = pytest.mark.journey

TEXT = "I stood under tower 41."


@pytest.fixture
def page(database_url, valkey, tmp_path, browser):
    """The desk of an item, open in the browser of somebody connected."""
    with served(database_url, valkey.address, tmp_path / "data") as (app, address):
        client = app.test_client()
        with open_session() as session:
            person, item = make_person(session), make_item(session)
            connect_account(session, person)
            signed_in(client, session, person)
            story = f"/items/{item.id}"
        cookie = client.get_cookie("session").value
        with signed_in_page(browser, address, cookie) as page:
            page.goto(story)
            yield page


def drafts_kept(page):
    """The names of texts that wait on this device."""
    return page.evaluate(
        "() => Object.keys(localStorage).filter(key => key.startsWith('draft:'))"
    )


def share(page):
    page.locator("#text").fill(TEXT)
    page.get_by_role("button", name="Share", exact=True).click()


def test_the_empty_box_is_in_focus_and_the_page_at_its_head(page):
    expect(page.locator("#text")).to_be_focused()
    assert page.evaluate("scrollY") == 0
    page.keyboard.type(TEXT)
    expect(page.locator("#text")).to_have_value(TEXT)


def test_what_one_came_for_keeps_the_focus(page):
    page.goto(f"{page.url}#self")
    page.reload()
    page.wait_for_load_state()
    expect(page.locator("#text")).not_to_be_focused()


@pytest.mark.parametrize(
    "window",
    [
        {
            "viewport": {"width": 390, "height": 844},
            "has_touch": True,
            "is_mobile": True,
        },
        {"viewport": {"width": 1280, "height": 300}},
    ],
)
def test_neither_a_phone_nor_a_box_out_of_sight_is_jumped_to(page, browser, window):
    state = page.context.storage_state()
    context = browser.new_context(storage_state=state, locale="en-GB", **window)
    small = context.new_page()
    small.goto(page.url)
    small.wait_for_load_state()
    expect(small.locator("[data-without-script]").first).to_be_hidden()  # it ran
    expect(small.locator("#text")).not_to_be_focused()
    assert small.evaluate("scrollY") == 0
    context.close()


def test_what_the_script_showed_is_confirmed_by_the_press_itself(page):
    share(page)
    expect(page.get_by_role("status").first).to_contain_text("Confirmed.")


def test_what_linkedin_counts_beyond_the_text_is_said_while_one_types(page):
    page.locator("#text").fill("#Grid (again) 👷")
    told = "30 of 3,000 characters. On LinkedIn #, @ and ( count for more: 14 here."
    expect(page.locator("#count")).to_have_text(told)
    page.locator("#text").fill("Grid")
    expect(page.locator("#count")).to_have_text("4 of 3,000 characters")


def test_a_tall_preview_does_not_pull_the_form_beside_it_apart(page):
    page.set_viewport_size({"width": 1280, "height": 900})
    page.locator("#text").fill(TEXT)
    page.locator("details.behind summary").last.click()
    page.locator("#at").fill((now() + timedelta(days=3)).strftime("%Y-%m-%dT08:30"))
    page.get_by_role("button", name="Plan this post").last.click()
    page.get_by_role("link", name="Change", exact=True).click()
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")  # another font moves everything a little
    row = "document.querySelector('#send > .row').getBoundingClientRect().top"
    before = page.evaluate(row)

    page.locator(".post").evaluate("post => { post.style.height = '2000px'; }")

    assert page.evaluate(row) == before


def test_what_was_said_about_leaving_goes_when_it_leaves(page):
    page.clock.install()
    page.reload()
    share(page)
    page.wait_for_load_state()  # with its script, or the clock runs before it counts
    said = page.get_by_role("status").filter(has_text="leaves in a moment")
    expect(said).to_be_visible()
    page.clock.run_for(30_000)
    expect(said).to_be_visible()
    page.clock.run_for(40_000)
    expect(page.locator(".share .state")).to_have_text("It is leaving now.")
    expect(said).to_have_count(0)


def test_the_button_says_plan_while_a_time_is_set(page):
    button = page.locator("[data-share]")
    expect(button).to_have_text("Share")
    page.locator(".send summary").click()
    page.locator("#at").fill("2030-01-01T10:00")
    expect(button).to_have_text("Plan this post")
    beside = page.locator("[data-when] button")
    expect(beside).to_have_text("Plan this post")
    page.locator("#at").fill("")
    expect(button).to_have_text("Share")
    expect(beside).to_be_hidden()


def test_keys_begin_at_the_beginning_of_a_page_whose_box_is_out_of_sight(page):
    page.set_viewport_size({"width": 1280, "height": 300})
    page.reload()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()


def test_words_opened_again_do_not_replace_what_is_being_written(page):
    story = page.url
    share(page)
    page.get_by_role("button", name="Undo").click()
    page.goto(story)
    page.locator("#text").fill("A new beginning.")
    page.goto("/shares")
    page.get_by_role("link", name="Write again").click()
    expect(page.locator("#text")).to_have_value(TEXT)
    page.get_by_role("button", name="Take back my text").click()
    expect(page.locator("#text")).to_have_value("A new beginning.")


def test_what_the_script_could_not_show_is_shown_by_a_page_first(page):
    page.evaluate("document.querySelector('[data-preview]').remove()")
    share(page)
    expect(page.locator("h1")).to_have_text("Is this what you want to post?")


def test_a_text_of_another_window_that_signed_out_is_given_back(page):
    page.locator("#text").fill(TEXT)
    other = page.context.new_page()
    other.goto("/shares")
    other.locator(".account summary").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url("**/sign-in")
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.locator("textarea")).to_have_value(TEXT)


def test_a_plan_being_changed_is_counted_and_checked_while_one_types(page):
    page.fill("#text", TEXT)
    page.locator("details.behind summary").last.click()
    page.fill("#at", (now() + timedelta(days=2)).strftime("%Y-%m-%dT10:00"))
    page.get_by_role("button", name="Plan this post").last.click()
    page.get_by_role("link", name="Change", exact=True).click()
    count = page.locator("#count")
    expect(count).to_have_text("23 of 3,000 characters")
    expect(page.locator("[data-unclear]")).to_be_visible()
    page.fill("#text", "I work at Veenstroom.")
    expect(count).to_have_text("21 of 3,000 characters")
    expect(page.locator("[data-clear]")).to_be_visible()
    expect(page.get_by_role("button", name="See how it will look")).to_be_hidden()


def test_a_change_that_is_being_written_is_kept_on_this_device(page):
    page.fill("#text", TEXT)
    page.locator("details.behind summary").last.click()
    page.fill("#at", (now() + timedelta(days=2)).strftime("%Y-%m-%dT10:00"))
    page.get_by_role("button", name="Plan this post").last.click()
    change = page.get_by_role("link", name="Change", exact=True)
    change.click()
    expect(page.get_by_role("button", name="Take back my text")).to_be_hidden()
    page.fill("#text", "Other words.")
    page.goto("/shares")
    change.click()
    expect(page.locator("#text")).to_have_value(TEXT)
    page.get_by_role("button", name="Take back my text").click()
    expect(page.locator("#text")).to_have_value("Other words.")
    page.wait_for_load_state()  # the page came anew; only its script knows what is sent
    page.get_by_role("button", name="Confirm the change").click()
    expect(page.locator("h1")).to_have_text("My shares")
    # By a script that may run after the heading is there. The page's own rules forbid
    # the browser to wait for words of ours.
    until = monotonic() + 10
    while drafts_kept(page) and monotonic() < until:
        page.wait_for_timeout(20)
    assert drafts_kept(page) == []
