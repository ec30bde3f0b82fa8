"""One group over time: for those whose unit is in it, and for who may read all units."""

import re

from flask.typing import ResponseReturnValue

from advocacy.errors import NotFound
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.reach.own_groups import own_groups
from advocacy.reach.page import sections
from advocacy.reach.queries import figures
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.ways import ways_back
from advocacy.reach.words import group_name
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER

KEY = re.compile(r"g[0-9a-f]{16}")


@requires(Permission.READ_REACH)
def group(key: str) -> ResponseReturnValue:
    """A group one may not read of is answered as one that does not exist."""
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
    return shown_page(
        "reach/group.html",
        name=group_name(found[-1].name),
        heads=found[-1].heads,
        sections=sections(found),
        is_own=key in own,
        back=ways_back(is_own=key in own),
    )
