"""What became of items since they were measured, and of what is no longer there."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import strategies as st
from sqlalchemy import delete, update

from advocacy.reach.item_rows import ItemWindow
from advocacy.reach.notice_rows import NoticeKind
from advocacy.reach.notices import give_notice
from content.items import Item, ItemState
from content.media import Media
from integrations.clock import clock_at
from tests.advocacy.reach.measured_items import titles
from tests.advocacy.reach.reading import cells, text_of

ADDRESSES = ["/reach/items", "/reach/items.csv", "/reach/items.json"]
SEPTEMBER = date(2026, 9, 3)
pytestmark = pytest.mark.usefixtures("at_reading")
value = st.none() | st.integers(0, 900)
made = st.tuples(st.dates(date(2024, 1, 1), date(2026, 9, 1)), st.text(max_size=5))


def test_an_item_is_absent_until_its_four_weeks_are_over(editor, session, measure):
    """And its figures are seen from the next opening on."""
    measure(date(2026, 10, 4), "Young", 40, 100)
    measure(SEPTEMBER, "Heat", 40, 100)
    for moment, seen in (
        (datetime(2026, 11, 1, 6, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 1, 7, tzinfo=UTC), True),
    ):
        with clock_at(moment):
            for address in ADDRESSES:
                assert ("Young" in editor.get(address).text) is seen


def test_what_was_never_measured_is_in_no_list(editor, session, shelf, world, measure):
    """A14, A11: too few to be offered to, or to read only: no row, no name, no notice."""
    item = world.offer(SEPTEMBER)
    item.title = "Secret"
    measure(SEPTEMBER, "Heat", 40, 100)
    for address in ADDRESSES:
        assert "Secret" not in editor.get(address).text


def test_a_withdrawn_item_keeps_its_figures_and_says_so(editor, session, measure):
    measure(SEPTEMBER, "Heat", 40, 100).state = ItemState.WITHDRAWN
    session.commit()
    said = text_of(editor.get("/reach/items"))
    assert "About 40 of 620 colleagues shared it" in said
    assert "It has been withdrawn since." in said


def test_an_item_is_called_what_it_is_called_today(editor, session, measure):
    measure(SEPTEMBER, "Heet", 40, 100).title = "Heat"
    session.commit()
    assert titles(editor.get("/reach/items")) == ["Heat"]


def test_figures_stay_when_nothing_else_of_an_item_is_left(editor, session, measure):
    """Its pictures, its link, and even that it was measured; then under its old title."""
    item = measure(SEPTEMBER, "Heat", 40, 100)
    session.execute(delete(Media).where(Media.item_id == item.id))
    session.execute(update(Item).where(Item.id == item.id).values(link_address=None))
    session.commit()
    assert titles(editor.get("/reach/items")) == ["Heat"]
    session.execute(delete(ItemWindow))
    session.execute(delete(Item).where(Item.id == item.id))
    session.commit()
    page = editor.get("/reach/items")
    assert titles(page) == ["Heat"]
    assert "/curate/" not in "".join(page.text.partition("<main")[2:])


def test_what_leads_to_the_same_page_is_named_beside_it(editor, measure):
    first = measure(SEPTEMBER, "Heat", 40, 100)
    measure(SEPTEMBER, "Heat again", None, None, leads=first)
    page = editor.get("/reach/items")
    assert titles(page) == ["Heat"]
    said = text_of(page)
    assert "Counted as one with what leads to the same page: Heat again ." in said


def test_a_withdrawn_figure_gives_its_reason(editor, session, measure):
    item = measure(SEPTEMBER, "Heat", 40, 100)
    with clock_at(datetime(2026, 10, 5, tzinfo=UTC)):
        give_notice(
            session,
            NoticeKind.WITHDRAWN,
            "item",
            SEPTEMBER,
            "Counted twice.",
            group=f"item-{item.id}",
        )
    session.commit()
    page = editor.get("/reach/items")
    assert "There are no figures. The reason given: “Counted twice.”" in text_of(page)
    assert cells(page) == [["Heat", "not published", "6", "not published", "60"]]
