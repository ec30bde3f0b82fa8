"""The item's own page in the library, for editors to look at."""

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import NotFound
from advocacy.outside import LINKEDIN
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.shares.desk import Connection, Desk
from advocacy.shares.forms import ComposerForm
from advocacy.shares.wishes import terms
from advocacy.web.formats import day, weekday_and_time
from advocacy.web.language import language
from advocacy.web.runtime import runtime
from content.items import Item, ItemState
from content.queries import item_with_parts
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER


@requires(Permission.CURATE)
def as_employees(item_id: int) -> ResponseReturnValue:
    """The library's template, its controls switched off; drafts and past items too."""
    with transaction(READER) as session:
        item = item_with_parts(session, item_id)
    if item is None:
        raise NotFound
    return render_template(
        "curation/as_employees.html",
        item=item,
        desk=None if item.read_only else _desk(item),
        person=signed_in_person(),
        notice=_notice(item),
        may_change=item.state is not ItemState.WITHDRAWN,
    )


def _desk(item: Item) -> Desk:
    """As for a colleague who has connected nothing: nobody's own choices show here."""
    parts = runtime()
    return Desk(
        item=item,
        form=ComposerForm(),
        errors={},
        connection=Connection(allowed=False, connected=False),
        organisation=parts.settings.organisation,
        terms=terms(parts.settings, parts.outside.networks[LINKEDIN]),
        page_language=language(),
    )


def _notice(item: Item) -> str:
    """Whether they see it now, and if not, when or why not."""
    at = now()
    if item.state is ItemState.DRAFT or item.offered_at is None:
        return _("It is a draft: nobody but editors sees it yet.")
    if item.state is ItemState.WITHDRAWN:
        return _("It was withdrawn: nobody but editors sees it any more.")
    if item.offered_at > at:
        return _("It appears on %(when)s.", when=weekday_and_time(item.offered_at))
    if not item.offered(at):
        return _("It left the library on %(day)s.", day=day(item.expires_at or at))
    return _("It is in the library now.")
