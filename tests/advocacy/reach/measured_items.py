"""Items with released figures, put down by hand, and their names on the page."""

from advocacy.reach.item_rows import ItemWindow
from advocacy.reach.models import Metric
from advocacy.reach.windows import item_window
from tests.advocacy.reach.reading import cells


def weeks_of(item, day, leads=None, destination="veenstroom.example/story"):
    """The row that says which four weeks of it are measured."""
    window = item_window(day)
    return ItemWindow(
        item_id=item.id,
        leads_item_id=(leads or item).id,
        destination=destination,
        window_start=window.start,
        window_end=window.end,
    )


def titles(page):
    return [row[0] for row in cells(page)]


def measuring(session, world, shelf):
    """Makes an item, its window and its figures, as a release leaves them."""

    def put(day, title, shares, visits, leads=None, **more):
        item = world.offer(day, "https://veenstroom.example/story")
        item.title = title
        session.add(weeks_of(item, day, leads))
        session.flush()
        if leads is None:
            of = {"group": f"item-{item.id}", "name": title, "heads": 617} | more
            shelf.figure("item", day, Metric.SHARES, shares, **of)
            shelf.figure("item", day, Metric.CLICKS, visits, **of)
        session.commit()
        return item

    return put
