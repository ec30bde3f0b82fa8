"""What each kind of error is called, and what it means for whoever meets it."""

from typing import NamedTuple

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString

from integrations.errors import ExpectedError


class Words(NamedTuple):
    """Title and sentence: what happened, what was kept, what to do."""

    title: LazyString
    sentence: LazyString


NO_PAGE = Words(
    _("We found no page at this address"),
    _(
        "It may have moved, or the item has left the library. Go on from the library:"
        " everything on offer now stands there. Nothing you wrote is lost."
    ),
)
TOO_SLOW = Words(
    _("That did not arrive whole"),
    _(
        "The connection was too slow, or broke off. Nothing was sent."
        " Go back, what you wrote is still there, and try again."
    ),
)
BY_STATUS = {
    400: Words(
        _("This page was open too long"),
        _(
            "Nothing was sent. Go back, load the page again,"
            " and what you wrote is still there."
        ),
    ),
    403: Words(
        _("This is not for you"),
        _(
            "You are signed in, but this page belongs to another role."
            " Nothing was changed."
        ),
    ),
    404: NO_PAGE,
    405: NO_PAGE,
    408: TOO_SLOW,
    409: Words(
        _("That came too late"),
        _("Something changed in the meantime. Nothing you wrote is lost."),
    ),
    411: TOO_SLOW,
    413: Words(
        _("That is too large"),
        _(
            "Go back: the rest of what you filled in is still there."
            " Choose a smaller file, or a shorter text."
        ),
    ),
    422: Words(
        _("That could not be done"),
        _(
            "Something in the form did not fit."
            " Go back and look once more; nothing was sent."
        ),
    ),
    429: Words(
        _("A little slower, please"),
        _("There were too many tries in a short time. Wait a minute and try again."),
    ),
    503: Words(
        _("We are out for a moment"),
        _(
            "A part of the service does not answer."
            " Nothing was sent. Try again in half a minute."
        ),
    ),
}
OUR_FAULT = Words(
    _("Something broke on our side"),
    _("Nothing was sent. Try again in a minute."),
)


def words_for(status: int) -> Words:
    """The words of a status; those of 500 for one that has none."""
    return BY_STATUS.get(status, OUR_FAULT)


def sentence_of(error: ExpectedError) -> str:
    """What it says, in the reader's language; empty for one without a sentence."""
    # gettext answers the empty sentence with the head of its file.
    return gettext(error.sentence, **error.values) if error.sentence else ""
