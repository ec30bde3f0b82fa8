"""The organisation's figures and those of one's own part: the page and the same as files."""

from flask.typing import ResponseReturnValue

from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.reach.files import Named, csv_file, json_file
from advocacy.reach.own_groups import own_groups
from advocacy.reach.page import OwnPart, in_order, own_parts, sections
from advocacy.reach.queries import Figure, coming_on, figures
from advocacy.reach.shown_pages import shown_page
from advocacy.reach.tables import ORGANISATION
from advocacy.reach.words import window_name
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.READ_REACH)
def page() -> ResponseReturnValue:
    """The same for everybody of a unit, whatever their role."""
    at = now()
    with transaction(READER) as session:
        own = own_groups(session, signed_in_person().unit_id)
        found = figures(session, at, {ORGANISATION, *own})
        coming = coming_on(session, at)
    ours, parts = _apart(found)
    if not ours:
        return shown_page("reach/empty.html", coming=coming)
    return shown_page(
        "reach/page.html",
        sections=sections(ours),
        parts=parts,
        coming=coming,
        files=("reach.as_csv", "reach.as_json"),
    )


@requires(Permission.READ_REACH)
def as_csv() -> ResponseReturnValue:
    """The figures of the page."""
    return csv_file(_rows(), "reach")


@requires(Permission.READ_REACH)
def as_json() -> ResponseReturnValue:
    """The same for programs."""
    return json_file(_rows(), "reach")


def _rows() -> list[Named]:
    with transaction(READER) as session:
        own = own_groups(session, signed_in_person().unit_id)
        found = figures(session, now(), {ORGANISATION, *own})
    ours, parts = _apart(found)
    organisation = runtime().settings.organisation
    return [
        (name, window_name(one.window, one.table.rhythm), one)
        for name, those in [
            (organisation, in_order(ours)),
            *((part.name, part.latest) for part in parts),
        ]
        for one in those
    ]


def _apart(found: list[Figure]) -> tuple[list[Figure], list[OwnPart]]:
    ours = [one for one in found if one.group == ORGANISATION]
    return ours, own_parts([one for one in found if one.group != ORGANISATION])
