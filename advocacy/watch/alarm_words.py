"""What is the matter with the service, in a sentence each."""

from datetime import timedelta

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from advocacy.outside import network_name
from advocacy.shares.outcomes import VERSION_PAUSE
from advocacy.watch.alarms import Alarm, Kind
from advocacy.web.formats import day
from advocacy.web.runtime import runtime

# The one network that ends the versions of its interface is LinkedIn.
VERSION_SETTING = "LINKEDIN_VERSION"

WORDS: dict[Kind, LazyString] = {
    Kind.STOPPED: _("Nothing is posted: an administrator paused it."),
    Kind.RESTORED: _(
        "Nothing is posted: the database was put back from a copy. What was due"
        " since then is in doubt, and its owners are asked to look. Release posting"
        " when nothing else is to be put back."
    ),
    # True before and after a newer version is set: the answer was about the one before.
    Kind.VERSION_GONE: _(
        "Nothing is posted to %(network)s: it answered that it no longer serves this"
        " version of its interface. %(setting)s is %(version)s. Set a newer one and"
        " restart; then release posting, or wait: one post tries every %(minutes)s"
        " minutes."
    ),
    Kind.VERSION_ENDS: _(
        "%(network)s serves the version of its interface that is set until"
        " %(day)s. Set a newer one before: %(setting)s is %(version)s."
    ),
    Kind.LATE: _("A post waits for more than a minute although it is due."),
    Kind.NO_WORKER: _("No worker was seen at work in the last three minutes."),
    Kind.NO_CLOCK: _("The clock was not seen in the last three minutes."),
    Kind.NEARLY_SPENT: _(
        "Three quarters of the calls that %(network)s takes today are used or set"
        " aside for posts."
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
    Kind.VISITORS_ON_DISK: _(
        "The server in VISITORS_REDIS_URL writes what it holds to a disk, or does not say"
        " whether it does. So it is not told who visited links, and a visitor may count"
        " once in each process. Switch off its snapshots and its log."
    ),
    Kind.VISITORS_AWAY: _(
        "The server in VISITORS_REDIS_URL does not answer. Until it does, a visitor of a"
        " link may count once in each process."
    ),
}


def alarm_words(alarm: Alarm) -> str:
    """What is the matter, in a sentence."""
    return str(WORDS[alarm.kind]) % {
        "network": network_name(alarm.network),
        "day": day(alarm.day) if alarm.day else "",
        "minutes": VERSION_PAUSE // timedelta(minutes=1),
        "setting": VERSION_SETTING,
        "version": runtime().settings.linkedin_version,
    }
