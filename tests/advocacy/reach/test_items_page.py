"""Figures of single items: after four weeks, the newest first, for those who may read them."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advocacy.people.roles import Role
from advocacy.reach.batches import due_batches
from advocacy.reach.destinations import leads_to
from advocacy.reach.item_list import by_year
from advocacy.reach.item_queries import ItemNow, Measured
from advocacy.reach.models import Metric
from advocacy.reach.opening import open_due
from advocacy.reach.queries import Figure
from advocacy.reach.release import release_batch
from advocacy.reach.tables import TABLES
from advocacy.reach.windows import item_window
from content.items import ItemState
from integrations.clock import clock_at
from tests.advocacy.reach.measured_items import titles, weeks_of
from tests.advocacy.reach.reading import cells, read_as, statements, text_of

ADDRESSES = ["/reach/items", "/reach/items.csv", "/reach/items.json"]
AUGUST, SEPTEMBER = date(2026, 8, 12), date(2026, 9, 3)
pytestmark = pytest.mark.usefixtures("at_reading")


def test_items_are_in_words_the_newest_first_whatever_they_did(editor, measure):
    measure(AUGUST, "Storm", 90, 400)
    measure(SEPTEMBER, "Heat", 10, None)
    measure(SEPTEMBER - timedelta(1), "Tower", None, None)
    page = editor.get("/reach/items")
    assert titles(page) == ["Heat", "Tower", "Storm"]
    said = text_of(page)
    assert (
        "Heat About 10 of 620 colleagues shared it, give or take 6. Their posts"
        " brought too few visits to show a number. From 3 September 2026 to 30 September 2026."
    ) in said
    assert "Tower Too few colleagues shared it to show a number. From" in said
    assert "Their posts brought about 400 visits, give or take 60." in said
    assert "Offered in 2026" in said
    assert cells(page)[2] == ["Storm", "about 90 of 620", "6", "about 400", "60"]


def test_the_files_are_the_page(editor, measure):
    measure(AUGUST, "=Storm", 90, 400)
    measure(SEPTEMBER, "Heat", None, None)
    _header, *rows = csv.reader(
        StringIO(editor.get("/reach/items.csv").text.removeprefix("\ufeff"))
    )
    assert [row[0] for row in rows] == ["Heat", "Heat", "'=Storm", "'=Storm"]
    assert rows[2][1:6] == [
        "Colleagues who shared it",
        "28 days from 12 August 2026",
        "90",
        "6",
        "620",
    ]
    records = editor.get("/reach/items.json").json["figures"]
    assert [one["about"] for one in records] == [None, None, 90, 400]
    assert (records[3]["from"], records[3]["to"]) == ("2026-08-12", "2026-09-08")


def test_of_an_item_without_a_link_no_visits_are_counted(
    editor, session, world, shelf, measure
):
    """Whatever the noise says. One that had a link when its weeks began had visits."""
    for day, drawn in ((SEPTEMBER, 90), (AUGUST, None)):
        item = world.offer(day)
        session.add(weeks_of(item, day, destination=leads_to(None, item.id)))
        of = {"group": f"item-{item.id}", "name": item.title}
        shelf.figure("item", day, Metric.SHARES, 40, **of)
        shelf.figure("item", day, Metric.CLICKS, drawn, **of)
    measure(SEPTEMBER - timedelta(1), "Tower", 40, 100).link_address = None
    session.commit()
    page = editor.get("/reach/items")
    assert text_of(page).count("It has no link, so no visits are counted.") == 2
    assert [row[3] for row in cells(page)] == ["no link", "about 100", "no link"]
    records = editor.get("/reach/items.json").json["figures"]
    assert [one["about"] for one in records] == [40, None, 40, 100, 40, None]
    assert {one["in_words"] for one in records} == {"40", "no link", "100"}
    assert editor.get("/reach/items.csv").text.count("no link") == 2


def test_an_auditor_reads_the_same_without_a_way_to_change_it(
    client, session, world, measure
):
    item = measure(SEPTEMBER, "Heat", 40, 100)
    looked = f"/curate/{item.id}/as-employees"
    assert (
        looked
        in read_as(client, session, world, Role.COMMUNICATIONS).get("/reach/items").text
    )
    page = read_as(client, session, world, Role.AUDITOR).get("/reach/items")
    assert looked not in page.text
    assert titles(page) == ["Heat"]


def test_an_item_s_own_page_leads_to_its_figures(editor, measure):
    item = measure(SEPTEMBER, "Heat", 40, 100)
    page = editor.get(f"/curate/{item.id}/as-employees")
    assert f'href="/reach/items#item-{item.id}"' in page.text
    assert f'id="item-{item.id}"' in editor.get("/reach/items").text


def test_without_any_it_says_when_the_first_come(editor, session, shelf):
    assert "No item has figures yet" in text_of(editor.get("/reach/items"))
    shelf.opened("item", date(2026, 10, 20), "item-7", name="Young")
    session.commit()
    said = text_of(editor.get("/reach/items"))
    assert "The first figures come on 17 November 2026" in said
    assert "Young" not in said
    assert editor.get("/reach/items.json").json == {"figures": []}


def test_what_the_clock_opens_and_releases_is_on_the_page(editor, session, world):
    """The rows of the tests are those of the product."""
    world.colleagues(210)
    day = date(2026, 9, 1)
    world.offer(day, "https://veenstroom.example/story")
    for today in (day, date(2026, 9, 29)):
        morning = datetime(today.year, today.month, today.day, 8, tzinfo=UTC)
        with clock_at(morning):
            for batch in due_batches(session, morning):
                release_batch(session, batch)
            open_due(session, today)
    session.commit()
    assert titles(editor.get("/reach/items")) == ["Story of 2026-09-01"]


@pytest.mark.parametrize("count", [0, 1, 20])
def test_it_asks_as_much_whatever_there_is(editor, connection, measure, count):
    for n in range(count):
        measure(SEPTEMBER, f"Item {n}", 40, 100)
    for address, most in zip(ADDRESSES, (6, 3, 3), strict=True):
        with statements(connection) as asked:
            editor.get(address)
        assert len(asked) == most, asked


value = st.none() | st.integers(0, 900)
made = st.tuples(st.dates(date(2024, 1, 1), date(2026, 9, 1)), st.text(max_size=5))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(made, value, value), max_size=8))
def test_the_order_follows_from_days_and_titles_alone(app, found):
    def figure(day, metric, shown):
        return Figure(
            item_window(day), TABLES["item"], "item-1", "", metric, shown, 6, 620
        )

    items = [
        Measured(
            group=f"item-{n}",
            name=title,
            shares=figure(day, Metric.SHARES, shares),
            visits=figure(day, Metric.CLICKS, visits),
            items=[ItemNow(n, title, "en", ItemState.PUBLISHED)],
        )
        for n, ((day, title), shares, visits) in enumerate(found)
    ]
    with app.test_request_context():
        years = by_year(items)
    rows = [row.item for year in years for row in year.rows]
    assert len(rows) == len(items)
    days = [one.shares.window.start for one in rows]
    assert all(first >= second for first, second in pairwise(days))
    assert len({one.year for one in years}) == len(years)
