"""One item to read, and every press of a button on its writing desk."""

from dataclasses import replace

from flask import render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.errors import NotFound
from advocacy.library.item_page import connection_of, item_page
from advocacy.library.press import Press
from advocacy.library.pressing import button_pressed
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.shares.forms import ComposerForm
from advocacy.shares.own_share import own_share
from advocacy.web.language import time_zone
from content.items import Item
from content.queries import item_with_parts
from integrations.clock import now
from integrations.database import transaction


@requires(Permission.READ_LIBRARY)
def item(item_id: int) -> ResponseReturnValue:
    """The item, with suggestions beside a box: empty, or with words confirmed before."""
    at = now()
    with transaction() as session:
        found = item_with_parts(session, item_id)
        if found is None or not found.offered(at):
            raise NotFound
        form = _written_before(session, found, request.args.get("again", ""))
        connection = connection_of(session, signed_in_person(), at)
    return item_page(found, connection, form)


@requires(Permission.SHARE)
def compose(item_id: int) -> ResponseReturnValue:
    """Help with the text, or send it one of the two ways; nothing typed is lost."""
    at, form = now(), ComposerForm.read(request.form)
    with transaction() as session:
        found = item_with_parts(session, item_id)
        if found is None or not _was_offered(found):
            raise NotFound
        connection = connection_of(session, signed_in_person(), at)
    if not found.shareable(at):
        return render_template("library/left.html", form=form), 422
    press = Press(found, form, connection, at)
    return button_pressed(request.form)(press)


def _written_before(
    session: Session, item: Item, public_id: str
) -> ComposerForm | None:
    """A share of one's own, to write again; its time has passed or is to be chosen."""
    if not public_id:
        return None
    share = own_share(session, public_id)
    if share.item_id != item.id:
        raise NotFound
    return replace(ComposerForm.of(share, time_zone()), at="")


def _was_offered(item: Item) -> bool:
    """Whether a person can have been writing about it: drafts are nobody's business."""
    return item.offered_at is not None and item.offered_at <= now()
