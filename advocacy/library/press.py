"""One press of a button on the writing desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from advocacy.errors import NotFound
from advocacy.shares.desk import Connection
from advocacy.shares.forms import ComposerForm
from advocacy.shares.wishes import ShareWish
from advocacy.web.language import time_zone
from content.items import Item
from content.queries import item_with_parts


@dataclass(frozen=True)
class Press:
    """One press of a button, and everything that lay on the desk."""

    item: Item
    form: ComposerForm
    connection: Connection
    at: datetime

    @property
    def wish(self) -> ShareWish:
        return self.form.wish(self.item, time_zone())


def fresh_item(session: Session, press: Press) -> Item:
    """The item as it is inside this transaction: it may have left a moment ago."""
    found = item_with_parts(session, press.item.id)
    if found is None:
        raise NotFound
    return found


Answer = Callable[[Press], ResponseReturnValue]
