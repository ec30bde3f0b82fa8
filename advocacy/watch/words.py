"""The page for whoever runs the service, in words."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from advocacy.watch.state import ServiceState


def asking_words(state: ServiceState) -> list[str]:
    """What waits for somebody else than whoever looks; the owners see it on My shares."""
    doubts = ngettext(
        "%(num)s post is in doubt: its owner is asked to look.",
        "%(num)s posts are in doubt: their owners are asked to look.",
        state.uncertain,
    )
    others = ngettext(
        "%(num)s post waits for its owner, who sees why on My shares.",
        "%(num)s posts wait for their owners, who see why on My shares.",
        state.asking,
    )
    told = (doubts, state.uncertain), (others, state.asking)
    return [words for words, count in told if count]


def age_words(age: timedelta | None) -> str:
    """How long ago, roughly."""
    if age is None:
        return _("not seen")
    seconds = int(age.total_seconds())
    if seconds < 60:
        return _("just now")
    minutes = seconds // 60
    if minutes < 120:
        return ngettext("%(num)s minute ago", "%(num)s minutes ago", minutes)
    return ngettext("%(num)s hour ago", "%(num)s hours ago", minutes // 60)


def late_words(age: timedelta | None) -> str:
    """How late the first post in the row is."""
    if age is None:
        return _("nothing is due")
    seconds = int(age.total_seconds())
    if seconds < 120:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", seconds // 60)


def parked_words(state: ShareState, reason: str) -> str:
    """Why posts wait."""
    told = _reasons()
    if reason in told:
        return told[reason]
    if state is ShareState.MISSED:
        return _("came too late to leave by themselves")
    return _("another reason")


def _reasons() -> dict[str, str]:
    return {
        Reason.UNREACHABLE: _("the network could not be reached"),
        Reason.BUSY: _("the network asked us to wait"),
        Reason.RATE_LIMIT: _("the calls of the day are used up"),
        Reason.NEW_ACCESS: _("the network does not know a new connection yet"),
        Reason.VERSION: _("the network no longer serves our version"),
        Reason.NO_ACCOUNT: _("the account is not connected any more"),
        Reason.ACCESS_ENDING: _("the connection ends too soon"),
        Reason.ACCESS_REFUSED: _("the network no longer accepts the connection"),
        Reason.OTHER_MEMBER: _("confirmed for another account than is connected"),
        Reason.LATE: _("came too late to leave by themselves"),
        Reason.DAY_TAKEN: _("the next day had a post of the same story already"),
        Reason.NO_ANSWER: _("no clear answer came"),
        Reason.WORKER_LOST: _("our worker ended while sending"),
        Reason.STOPPED_TOO_LATE: _("stopped while it was being sent"),
        Reason.RESTORED: _("the database was put back from a copy"),
    }
