"""The ways around the pages of figures, by keyboard alone and without a script."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]

HERE = "one => one === document.activeElement"


@pytest.mark.parametrize(("language", "width"), [("nl", 390), ("en", 1280)])
def test_the_ways_are_folded_where_it_is_narrow_and_walked_with_the_keyboard(
    open_page, language, width
):
    page = open_page(language=language, width=width, javascript=False)
    sign_in(page, "Willem Bos")
    page.goto("/reach")
    fold, ways = page.locator(".reach-pages summary"), page.locator(".reach-pages a")
    if width == 390:
        for one in ways.all():
            expect(one).not_to_be_visible()
        _tab_to(page, fold)
        page.keyboard.press("Enter")
    else:
        expect(fold).not_to_be_visible()
    for one in ways.all():
        expect(one).to_be_visible()
    for one in ways.all():
        _tab_to(page, one)
    seals = page.locator(".reach-pages a[href='/reach/seals']")
    _tab_to(page, seals, "Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reach/seals")


def test_from_the_own_part_there_is_a_way_back_to_where_it_stood(open_page):
    page = open_page(width=390, javascript=False)
    sign_in(page, "Hanneke Postma")
    page.goto("/reach")
    _tab_to(page, page.locator("a[href^='/reach/groups/']").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/reach/groups/*")
    _tab_to(page, page.locator(".ways-back a"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/reach#own-part")
    expect(page.locator("#own-part")).to_be_in_viewport()


def _tab_to(page, there, key="Tab"):
    for _press in range(60):
        page.keyboard.press(key)
        if there.evaluate(HERE):
            return
    raise AssertionError("the keyboard does not come there")
