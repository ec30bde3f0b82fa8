"""One group over time: for those whose unit is in it, and for who may read all units."""

import re
from typing import NamedTuple

from flask.typing import ResponseReturnValue

from advocacy.errors import NotFound
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.reach.files import Named, csv_file, json_file
from advocacy.reach.own_groups import own_groups
from advocacy.reach.page import in_order, sections
from advocacy.reach.queries import Figure, figures
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.ways import ways_back
from advocacy.reach.words import group_name, is_put_together, window_name
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER

KEY = re.compile(r"g[0-9a-f]{16}")


class _Read(NamedTuple):
    figures: list[Figure]  # oldest first; at least one
    is_own: bool


@requires(Permission.READ_REACH)
def group(key: str) -> ResponseReturnValue:
    """A group one may not read of is answered as one that does not exist."""
    found, is_own = _read(key)
    return shown_page(
        "reach/group.html",
        name=group_name(found[-1].name),
        heads=found[-1].heads,
        is_put_together=is_put_together(found[-1].name),
        sections=sections(found),
        is_own=is_own,
        back=ways_back(is_own=is_own),
        files=("reach.group_as_csv", "reach.group_as_json"),
    )


@requires(Permission.READ_REACH)
def group_as_csv(key: str) -> ResponseReturnValue:
    """The figures of the page."""
    return csv_file(_rows(key), "reach-part")


@requires(Permission.READ_REACH)
def group_as_json(key: str) -> ResponseReturnValue:
    """The same for programs."""
    return json_file(_rows(key), "reach-part")


def _rows(key: str) -> list[Named]:
    found = _read(key).figures
    name = group_name(found[-1].name)
    return [
        (name, window_name(one.window, one.table.rhythm), one)
        for one in in_order(found)
    ]


def _read(key: str) -> _Read:
    """What this reader may read of it. Raises NotFound when that is nothing."""
    if not KEY.fullmatch(key):
        raise NotFound
    person = signed_in_person()
    with transaction(READER) as session:
        own = own_groups(session, person.unit_id)
        may_read = key in own or Permission.READ_UNITS in person.permissions
        # Asked for nobody, too: how long an answer takes says nothing either.
        found = figures(session, now(), {key} if may_read else ())
    if not found:
        raise NotFound
    return _Read(found, key in own)
