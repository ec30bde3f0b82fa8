"""All published parts of the organisation: the list, and the same as files."""

from flask.typing import ResponseReturnValue

from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach.files import Named, csv_file, json_file
from advocacy.reach.models import HeadCount
from advocacy.reach.part_queries import PARTS, latest_of_parts
from advocacy.reach.queries import coming_on
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.unit_list import listings
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.READ_UNITS, told_of=False)
def units() -> ResponseReturnValue:
    """In the order of the alphabet, and in no other."""
    at = now()
    with transaction(READER) as session:
        found = latest_of_parts(session, at)
        coming = coming_on(session, at, HeadCount.level.in_(PARTS))
    return shown_page(
        "reach/units.html",
        listings=listings(found),
        coming=coming,
        files=("reach.units_as_csv", "reach.units_as_json") if found else (),
    )


@requires(Permission.READ_UNITS, told_of=False)
def units_as_csv() -> ResponseReturnValue:
    """The figures of the page."""
    return csv_file(_rows(), "reach-units")


@requires(Permission.READ_UNITS, told_of=False)
def units_as_json() -> ResponseReturnValue:
    """The same for programs."""
    return json_file(_rows(), "reach-units")


def _rows() -> list[Named]:
    with transaction(READER) as session:
        found = latest_of_parts(session, now())
    return [
        (row.name, listing.window, row.figure)
        for listing in listings(found)
        for row in listing.rows
    ]
