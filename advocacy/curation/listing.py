"""The list of communications' work: coming, in the library, gone. It counts nobody's shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.curation.house import house
from advocacy.curation.queries import items_gone, items_on_their_way
from advocacy.curation.wording import what_is_open
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.shares.drafting import tidy
from advocacy.web.formats import day, weekday_and_time
from content.drafts import draft_of
from content.items import Item, ItemState
from content.queries import Stage, all_items_for_curation
from content.readiness import problems
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER

LONGEST_SEARCH = 100


@dataclass(frozen=True)
class Row:
    """An item, and what is said at the end of its line."""

    item: Item
    note: str

    @property
    def planned(self) -> bool:
        return self.item.state is ItemState.PUBLISHED

    @property
    def withdrawn(self) -> bool:
        return self.item.state is ItemState.WITHDRAWN


@dataclass(frozen=True)
class Listing:
    """What the page shows."""

    find: str
    before: str  # where this page of what is gone begins; empty for the first
    on_their_way: Sequence[Row]
    in_library: Sequence[Row]
    gone: Sequence[Row]
    older: str | None  # where the next begins

    @property
    def untouched(self) -> bool:
        """Whether there is nothing at all yet."""
        rows = self.on_their_way or self.in_library or self.gone
        return not (rows or self.find or self.before)

    @property
    def lede(self) -> str:
        """Counts of items, never of people."""
        if self.untouched:
            return _("Here you fill the library.")
        if self.find:
            return ngettext(
                "%(num)s item on its way.",
                "%(num)s items on their way.",
                len(self.on_their_way),
            )
        return _(
            "%(library)s, %(way)s.",
            library=ngettext(
                "%(num)s item in the library",
                "%(num)s items in the library",
                len(self.in_library),
            ),
            way=ngettext(
                "%(num)s on its way", "%(num)s on their way", len(self.on_their_way)
            ),
        )


@requires(Permission.CURATE)
def listing() -> ResponseReturnValue:
    """The desk."""
    at = now()
    find = tidy(request.args.get("find", ""))[:LONGEST_SEARCH]
    before = request.args.get("before", "")[:64]
    with transaction(READER) as session:
        coming = items_on_their_way(session, at)
        shown = all_items_for_curation(session, at, Stage.OFFERED, search=find)
        gone, older = items_gone(session, at, find, before)
    desk = Listing(
        find=find,
        before=before,
        on_their_way=[Row(item, _coming(item, at)) for item in coming],
        in_library=[Row(item, _days(item)) for item in shown],
        gone=[Row(item, _why_gone(item)) for item in gone],
        older=older,
    )
    return render_template("curation/listing.html", desk=desk)


def _coming(item: Item, at: datetime) -> str:
    """When it appears, or what a draft still lacks."""
    if item.state is ItemState.PUBLISHED and item.offered_at is not None:
        return _("appears %(when)s", when=weekday_and_time(item.offered_at))
    return what_is_open(
        problems(draft_of(item), item.media, at=at, allowed=house().allowed)
    )


def _days(item: Item) -> str:
    begun = day(item.offered_at) if item.offered_at else ""
    if item.expires_at is None:
        return _("since %(day)s", day=begun)
    return _("%(from)s – %(until)s", **{"from": begun, "until": day(item.expires_at)})


def _why_gone(item: Item) -> str:
    if item.state is ItemState.WITHDRAWN or item.expires_at is None:
        return _("withdrawn on %(day)s", day=day(item.updated_at))
    return _("its time was over on %(day)s", day=day(item.expires_at))
