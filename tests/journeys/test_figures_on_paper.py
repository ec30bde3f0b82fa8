"""Pages of figures as they are printed: every table behind a drawing, and no way around."""

from collections import Counter

import pypdfium2
import pytest

from tests.journeys.conftest import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.timeout(200)]

WAYS = "nav, .masthead, .foot, .skip, .button, a[download], summary"
SEEN = "one => one.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true})"
TEN = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
PAPERS = [{"format": "A4", "margin": TEN}, {}]  # and what a browser takes unasked
ROWS = "all => all.map(row => [...row.cells].map(cell => cell.textContent).join(' '))"
HEIGHT = "one => one.getBoundingClientRect().height"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_paper_has_every_table_and_nothing_to_press(open_page, language):
    page = open_page(language=language)
    sign_in(page, "Femke de Wit")
    page.goto("/reach/units")
    part = page.locator("main table a").first.get_attribute("href")
    for address in ("/reach", part, "/reach/units", "/reach/items"):
        page.goto(address)
        page.emulate_media(media="print")
        tables = page.locator("main table").all()
        drawings = page.locator("main figure.chart").count()
        assert len(tables) >= max(drawings / 3, 1), address
        for table in tables:
            assert table.evaluate(SEEN), address
            assert table.evaluate(HEIGHT) > 100, address
        assert not any(one.is_visible() for one in page.locator(WAYS).all()), address
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280
        page.emulate_media(media="screen")


@pytest.mark.parametrize("paper", PAPERS, ids=["A4", "default"])
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_row_of_every_table_is_drawn_on_paper(open_page, language, paper):
    page = open_page(language=language)
    sign_in(page, "Femke de Wit")
    page.goto("/reach")
    rows = page.locator("main tbody tr").evaluate_all(ROWS)
    headings = set(map(_together, page.locator("h2").all_inner_texts()))
    with pypdfium2.PdfDocument(page.pdf(**paper)) as printed:
        sheets = [_lines(sheet) for sheet in printed]
        over = [found for sheet in printed for found in _printed_over(sheet)]
    drawn = Counter(line for sheet in sheets for line in sheet)
    missing = Counter(map(_together, rows)) - drawn
    assert missing == Counter()
    assert not headings & {sheet[-1] for sheet in sheets}
    assert over == []


def _printed_over(sheet):
    """Words in whose place there is more than one line."""
    text = sheet.get_textpage()
    places = [text.get_rect(number) for number in range(text.count_rects())]
    found = [text.get_text_bounded(*place).strip() for place in places]
    return [words for words in found if "\n" in words]


def _lines(sheet):
    text = sheet.get_textpage()
    return [
        _together(line) for line in text.get_text_bounded().splitlines() if line.strip()
    ]


def _together(words):
    """Without spaces: how many were drawn is guessed from distances."""
    return "".join(words.split())


def test_lists_of_figures_are_walked_with_the_keyboard_alone(open_page):
    """From the list of parts to one part, and from an item into its table."""
    page = open_page()
    sign_in(page, "Femke de Wit")
    page.goto("/reach/units")
    first = page.locator("main table a").first
    name = first.inner_text()
    _tab_to(page, first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/reach/groups/*")
    assert page.locator("h1").inner_text() == name
    page.goto("/reach/items")
    summary = page.locator("main .behind summary").first
    _tab_to(page, summary)
    page.keyboard.press("Enter")
    assert page.locator("main table").first.is_visible()


def _tab_to(page, there):
    for _press in range(60):
        page.keyboard.press("Tab")
        if there.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError("the keyboard does not come there")
