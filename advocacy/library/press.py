"""One press of a button on the writing desk."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask.typing import ResponseReturnValue

from advocacy.people.access import signed_in_person
from advocacy.shares.desk import Connection
from advocacy.shares.forms import ComposerForm
from advocacy.shares.wishes import ShareWish
from content.items import Item


@dataclass(frozen=True)
class Press:
    """One press of a button, and everything that lay on the desk."""

    item: Item
    form: ComposerForm
    connection: Connection
    at: datetime

    @property
    def wish(self) -> ShareWish:
        return self.form.wish(self.item, signed_in_person().time_zone)


Answer = Callable[[Press], ResponseReturnValue]
