"""Taking an item out of the library: the question, and the deed."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.errors import NotFound
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.people.speaking import language_pressed
from advocacy.shares.cascades import cancel_for_item
from advocacy.shares.drafting import tidy
from advocacy.shares.reasons import Reason
from content.items import Item, ItemState
from content.operations import withdraw_item
from content.queries import item_to_change, item_with_parts
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER

LONGEST_REASON = 300


@requires(Permission.CURATE)
def withdraw(item_id: int) -> ResponseReturnValue:
    """Ask first, on a page of its own; then withdraw, and cancel what waits."""
    reason = tidy(request.form.get("reason", ""))
    pressed = _withdraws()
    error = _wrong_with(reason) if pressed else ""
    find = item_to_change if pressed else item_with_parts
    with transaction(None if pressed else READER) as session:
        item = _published(find(session, item_id))
        if pressed and not error:
            withdraw_item(session, item, reason)
            cancel_for_item(session, item.id, Reason.ITEM_WITHDRAWN, now())
            done = True
        else:
            done = False
    if done:
        flash(_("Withdrawn. Nobody sees it in the library any more."))
        return redirect(url_for("curation.listing"))
    page = render_template(
        "curation/withdraw.html", item=item, reason=reason, error=error
    )
    return page, 422 if error else 200


def _withdraws() -> bool:
    """Whether the doing button was pressed, not one that only shows the page again."""
    looks = language_pressed() or request.form.get("do") == "look"
    return request.method == "POST" and not looks


def _published(item: Item | None) -> Item:
    """An item that can be withdrawn; a second press finds it withdrawn and changes nothing."""
    if item is None or item.state is ItemState.DRAFT:
        raise NotFound
    return item


def _wrong_with(reason: str) -> str:
    if not reason:
        return _(
            "Say in one sentence why: colleagues who planned to post it read this."
        )
    if len(reason) > LONGEST_REASON:
        return _("Make it shorter: %(limit)s characters at most.", limit=LONGEST_REASON)
    return ""
