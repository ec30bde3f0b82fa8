"""Wide tables of figures in a narrow window: stacked, with each number behind its name."""

import pytest

from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]

BEYOND = """rooms => rooms.filter(one => one.scrollWidth > one.clientWidth).length"""
OPEN = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
NAMES = """cells => cells.filter(one => one.textContent.trim()).map(
    one => getComputedStyle(one, '::before').content)"""


@pytest.mark.parametrize("language", ["en", "nl"])
def test_wide_tables_are_stacked_where_it_is_narrow(open_page, language):
    page = open_page(language=language, width=390)
    sign_in(page, "Willem Bos")
    for address in ("/reach/ledger/2026", "/reach/seals", "/reach/parameters"):
        page.goto(address)
        page.evaluate(OPEN)
        rooms = page.locator("main .table-room")
        assert rooms.count(), address
        assert rooms.evaluate_all(BEYOND) == 0, address
        named = page.locator("main td.number").evaluate_all(NAMES)
        assert named, address
        assert "none" not in named, address
        heads = page.locator("main thead th").all_inner_texts()
        assert {one.strip('" ') for one in named} <= set(heads), address
