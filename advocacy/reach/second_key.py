"""Tells whoever holds the second key, where they begin, that something waits for it."""

from typing import Any

from flask import g, request
from flask_babel import ngettext

from advocacy.people.roles import Permission
from advocacy.reach.parameters import waiting_for
from integrations.database import transaction
from integrations.reader_role import READER

# Where they can do something about it they see it anyway.
NOT_ON = {"reach.parameters", "reach.confirm_parameters"}


def look_for_proposals() -> None:
    """Before the front page and the pages of figures, for an auditor alone."""
    g.second_key_words = ""
    person = g.get("person")
    if person is None or Permission.SECOND_KEY not in person.permissions:
        return
    begins_here = request.endpoint == "library.front" or request.blueprint == "reach"
    if not begins_here or request.endpoint in NOT_ON:
        return
    with transaction(READER) as session:
        waiting = waiting_for(session, person.id)
    if waiting:
        g.second_key_words = ngettext(
            "A change of floors or noise waits for your decision.",
            "%(num)s changes of floors or noise wait for your decision.",
            waiting,
        )


def for_pages() -> dict[str, Any]:
    """What `parts/notices.html` says."""
    return {"second_key_words": g.get("second_key_words", "")}
