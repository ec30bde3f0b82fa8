"""Figures of single items, once their four weeks are over: the list and its files."""

from flask.typing import ResponseReturnValue

from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach.files import Named, csv_file, json_file
from advocacy.reach.item_list import by_year
from advocacy.reach.item_queries import measured_items
from advocacy.reach.models import HeadCount
from advocacy.reach.queries import coming_on
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.tables import ITEM_DAYS, ITEMS_A_MONTH, Level
from advocacy.reach.words import window_name
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.READ_ITEMS, told_of=False)
def items() -> ResponseReturnValue:
    """The newest first: there is no order by value, and no page of one that has none."""
    at = now()
    with transaction(READER) as session:
        found = measured_items(session, at)
        coming = coming_on(session, at, HeadCount.level == Level.ITEM)
    return shown_page(
        "reach/items.html",
        years=by_year(found),
        coming=coming,
        days=ITEM_DAYS,
        most=ITEMS_A_MONTH,
        files=("reach.items_as_csv", "reach.items_as_json") if found else (),
    )


@requires(Permission.READ_ITEMS, told_of=False)
def items_as_csv() -> ResponseReturnValue:
    """The figures of the page."""
    return csv_file(_rows(), "reach-items")


@requires(Permission.READ_ITEMS, told_of=False)
def items_as_json() -> ResponseReturnValue:
    """The same for programs."""
    return json_file(_rows(), "reach-items")


def _rows() -> list[Named]:
    with transaction(READER) as session:
        found = measured_items(session, now())
    return [
        (row.item.title, window_name(figure.window, figure.table.rhythm), figure)
        for year in by_year(found)
        for row in year.rows
        for figure in (row.item.shares, row.item.visits)
    ]
