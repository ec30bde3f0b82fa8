"""Sentences for what stands in a wish's way: what happened, and what helps."""

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from advocacy.shares.reasons import Problem

P = Problem
SENTENCES: dict[Problem, LazyString] = {
    P.EMPTY: _("There are no words yet. Write something, or start from a suggestion."),
    P.TOO_LONG: _("This is too long for LinkedIn. Shorten it a little."),
    P.ITEM_CHANGED: _(
        "The editors changed this story while you were writing. Your text is kept. Look"
        " once more, then press again."
    ),
    P.ITEM_OVER: _("This story has left the library, so nothing was sent."),
    P.UNKNOWN_MEDIA: _("This picture does not belong to the story. Choose another."),
    P.BAD_TIME: _("This is not a day and time. Fill in both, or leave it empty."),
    P.BAD_ZONE: _("We do not know this time zone."),
    P.PAST: _("This time has passed. Pick a later one, or leave it empty to post now."),
    P.TOO_FAR: _("Pick a time within the next 31 days."),
    P.BEYOND_ITEM: _("By then this story has left the library. Pick an earlier time."),
    P.CONSENT_OFF: _(
        "“Post for me” is off, so nothing was sent. You can copy your text, or turn it"
        " on under What I allow."
    ),
    P.NOT_CONNECTED: _(
        "No LinkedIn account is connected, so nothing was sent. You can copy your text,"
        " or connect under What I allow."
    ),
    P.ACCESS_ENDED: _(
        "LinkedIn no longer accepts the connection, so nothing was sent. You can copy"
        " your text, or connect again under What I allow."
    ),
    P.CONFIRMATION_VOID: _(
        "Something changed since you last looked, so nothing was sent. Look once more."
    ),
    P.CONFIRMATION_OLD: _(
        "You looked at this more than seven days ago, so nothing was sent. Look once"
        " more."
    ),
    P.TRIED_SINCE: _(
        "This was sent once more since you opened the page, and we could not see whether"
        " that arrived either. Nothing was sent now. Please look there first."
    ),
    P.NOT_A_POST: _(
        "This is not the address of a post on LinkedIn. Copy it from the post’s menu."
    ),
    P.ADDRESS_TAKEN: _("This address belongs to another post on your list."),
}
# Where on the composer's page each field of a refusal is shown.
PLACES = {"text": "text", "media": "pictures", "time": "at", "address": "address"}


def by_place(problems: Mapping[str, Problem]) -> dict[str, str]:
    """Sentences by the id of their field; the rest stand beside the buttons."""
    return {
        PLACES.get(name, "send"): str(SENTENCES[problem])
        for name, problem in problems.items()
    }
