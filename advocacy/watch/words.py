"""The page for whoever runs the service, in words."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from advocacy.outside import network_name
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import VERSION_PAUSE
from advocacy.shares.reasons import Reason
from advocacy.watch.alarms import Alarm, Kind
from advocacy.watch.state import ServiceState
from advocacy.web.formats import day
from advocacy.web.runtime import runtime

# The one network that ends the versions of its interface is LinkedIn.
VERSION_SETTING = "LINKEDIN_VERSION"


def alarm_words(alarm: Alarm) -> str:
    """What is the matter, in a sentence."""
    network = network_name(alarm.network)
    version = runtime().settings.linkedin_version
    last = day(alarm.day) if alarm.day else ""
    return {
        Kind.STOPPED: _("Nothing is posted: an administrator paused it."),
        Kind.RESTORED: _(
            "Nothing is posted: the database was put back from a copy. What was due"
            " since then is in doubt, and its owners are asked to look. Release posting"
            " when nothing else is to be put back."
        ),
        Kind.VERSION_GONE: _version_gone(network, version),
        Kind.VERSION_ENDS: _(
            "%(network)s serves the version of its interface that is set until"
            " %(day)s. Set a newer one before: %(setting)s is %(version)s.",
            network=network,
            day=last,
            setting=VERSION_SETTING,
            version=version,
        ),
        Kind.LATE: _("A post waits for more than a minute although it is due."),
        Kind.NO_WORKER: _("No worker was seen at work in the last three minutes."),
        Kind.NO_CLOCK: _("The clock was not seen in the last three minutes."),
        Kind.NEARLY_SPENT: _(
            "Three quarters of the calls that %(network)s takes today are used or set"
            " aside for posts.",
            network=network,
        ),
        Kind.POISON: _(
            "In the last day a post was given up: each time our worker took it in hand,"
            " the worker ended. Its log says what broke."
        ),
        Kind.WITHOUT_ID: _(
            "In the last day a network took a post without saying where it stands. Its"
            " owner can find it there; see whether the network changed its answers."
        ),
        Kind.VISITS_LOST: _(
            "Since yesterday visitors of links were sent on without being counted: neither"
            " the database nor the disk took their visits."
        ),
        Kind.VISITS_KEPT: _(
            "Visits to links wait on the disk, as the database did not take them. They are"
            " counted by themselves as soon as it and a worker are at work."
        ),
    }[alarm.kind]


def _version_gone(network: str, version: str) -> str:
    """True before and after a newer version is set: the answer was about the one before."""
    return _(
        "Nothing is posted to %(network)s: it answered that it no longer serves this"
        " version of its interface. %(setting)s is %(version)s. Set a newer one and"
        " restart; then release posting, or wait: one post tries every %(minutes)s"
        " minutes.",
        network=network,
        minutes=VERSION_PAUSE // timedelta(minutes=1),
        setting=VERSION_SETTING,
        version=version,
    )


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
        Reason.LATE: _("came too late to leave by themselves"),
        Reason.NO_ANSWER: _("no clear answer came"),
        Reason.WORKER_LOST: _("our worker ended while sending"),
        Reason.STOPPED_TOO_LATE: _("stopped while it was being sent"),
        Reason.RESTORED: _("the database was put back from a copy"),
    }
