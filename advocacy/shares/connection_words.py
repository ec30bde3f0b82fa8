"""Posts that wait until their owner connects again, in words, and what becomes of them then."""

from dataclasses import replace
from datetime import datetime, timedelta

from flask_babel import gettext as _

from advocacy.outside import network_name
from advocacy.shares import reason_words as why
from advocacy.shares.lateness import leaves_at, too_late
from advocacy.shares.models import Share
from advocacy.shares.reasons import Reason
from advocacy.shares.rows import Action, Circumstances, Group, Row
from advocacy.web.formats import weekday_and_time
from advocacy.web.language import city

A = Action


def needs_connection(share: Share, at: datetime, around: Circumstances) -> Row:
    """It was due and could not leave: the connection had ended, or is another one."""
    cause = why.sentence(why.NOT_POSTED, share)
    told = Row(share, Group.LOOK, "circle-x", _("Not posted"), (), "bad", "bad", cause)
    if share.reason == Reason.OTHER_MEMBER:
        return replace(told, actions=(A.CHANGE, A.COPY, A.CANCEL))
    actions = (A.CONNECT, A.COPY, A.CANCEL)
    earliest = _earliest(at, around)
    then = _once_connected(share, earliest, around)
    if too_late(share, earliest):
        return replace(told, more=f"{cause} {then}".strip(), actions=actions)
    return replace(
        told,
        icon="clock",
        words=_waits(),
        tone="unsure",
        box="unsure",
        more=f"{cause} {then}".strip(),
        actions=actions,
    )


def cut_off(told: Row, at: datetime, around: Circumstances) -> Row:
    """A scheduled post that cannot leave as things stand, whatever else is said of it."""
    network = network_name(told.share.network)
    if told.group is Group.LEAVING:  # the seconds of its hold lead to nothing
        more = _("Your %(network)s account is not connected now.", network=network)
        then = _once_connected(told.share, _earliest(at, around), around)
        more = f"{more} {then}"
        told = replace(
            told,
            group=Group.WAITING,
            words=_waits(),
            box="",
            seconds_left=None,
            actions=(A.CANCEL,),
        )
    elif told.group is Group.PLANNED and not told.share.reason:
        more = _(
            "Your %(network)s account is not connected now. Connect it by then and this"
            " leaves as planned; else it waits for you.",
            network=network,
        )
    else:
        more = _(
            "Your %(network)s account is not connected now, and it waits for that too.",
            network=network,
        )
    said = f"{told.more} {more}".strip()
    return replace(told, tone="unsure", more=said, actions=(A.CONNECT, *told.actions))


def _waits() -> str:
    return _("Waits for you to connect again")


def _earliest(at: datetime, around: Circumstances) -> datetime:
    """When something leaves that is connected again now, at the soonest."""
    return at + timedelta(seconds=around.hold_seconds)


def _once_connected(share: Share, earliest: datetime, around: Circumstances) -> str:
    """What becomes of it then, as things are now."""
    if too_late(share, earliest):
        return _(
            "It has waited too long to leave by itself: once connected you can send it"
            " from here."
        )
    leaves, holdup = leaves_at(share, earliest), around.held_up.get(share.network)
    if holdup and holdup.paused:
        return _("Once connected it leaves when posting goes on, unless you cancel it.")
    if holdup and holdup.goes_on_at:
        leaves = max(leaves, holdup.goes_on_at)
    if leaves > earliest:
        return _(
            "Once connected it leaves on %(when)s or a little later, %(city)s time,"
            " unless you cancel it.",
            when=weekday_and_time(leaves),
            city=city(),
        )
    return _(
        "Once connected it leaves %(seconds)s seconds later, unless you change or cancel"
        " it.",
        seconds=around.hold_seconds,
    )
