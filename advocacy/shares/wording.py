"""Each state of a share in words, with what can be done about it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from flask_babel import gettext as _

from advocacy.outside import network_name
from advocacy.shares import reason_words as why
from advocacy.shares.models import LEAVING, ON_NETWORK, Share, ShareState
from advocacy.shares.on_network_words import on_network
from advocacy.shares.page_parts import planned_time
from advocacy.shares.reasons import Reason
from advocacy.shares.rows import Action, Circumstances, Group, Row
from advocacy.web.formats import begun, day, time, weekday_and_time
from advocacy.web.language import city

A = Action

# They leave by themselves about now, so a time says nothing more.
IN_MOTION = {*LEAVING, ShareState.SENDING}
# How long something that went wrong stays under "Please have a look".
FRESH = timedelta(days=14)


def row(share: Share, at: datetime, around: Circumstances) -> Row:
    """What to say about a share now."""
    if share.state is ShareState.SCHEDULED:
        told = _scheduled(share, at, around.hold_seconds)
    elif share.state in ON_NETWORK:
        told = on_network(share, deletable=share.id in around.deletable)
    else:
        told = _ROWS[share.state](share)
    leaving = share.state in LEAVING and told.group is Group.LEAVING
    if leaving and share.network in around.paused:
        told = _paused(share)
    if told.group in {Group.LOOK, Group.LEAVING}:
        told = replace(told, when=_when(share))
    if told.group is Group.LOOK and share.changed_at < at - FRESH:
        told = replace(told, group=Group.OTHER, box="")
    off = (A.TAKE_OFF,) if share.id in around.removable else ()
    return replace(told, open=share.item.offered(at), actions=(*told.actions, *off))


def _scheduled(share: Share, at: datetime, hold_seconds: int) -> Row:
    # Where posts are spread, it leaves a little after its time.
    leaves = share.due_at if share.reason else share.next_at
    left = ceil((leaves - at).total_seconds())
    if left <= 0 and not share.reason:
        return _leaving(share)
    if left <= 0:
        words = _next_try(share.next_at, at)
        more = why.sentence(why.WAITING, share)
        actions = (A.CANCEL, A.COPY)
        return Row(share, Group.LEAVING, "clock", words, actions, "wait", more=more)
    if left <= hold_seconds:
        held = Row(share, Group.LEAVING, "clock", "", (A.UNDO,), "wait", box="hold")
        return replace(held, seconds_left=left)
    words = _("%(when)s, %(city)s time", when=planned_time(share), city=city())
    actions = (A.CHANGE, A.CANCEL)
    return Row(share, Group.PLANNED, "calendar", begun(words), actions, "wait")


def _paused(share: Share) -> Row:
    """Nobody knows when it leaves: no seconds to count, and no time of a next try."""
    words = _("Waits until posting goes on")
    more = why.sentence(why.WAITING, share)
    # No text to copy: pasted by hand, it would be there twice in the end.
    actions = (A.CANCEL,)
    return Row(share, Group.LEAVING, "clock", words, actions, "wait", more=more)


def _when(share: Share) -> str:
    """When it was tried, else when it was to leave; a time counts as planned if chosen."""
    if share.state is ShareState.UNCERTAIN:
        return _("Tried on %(when)s", when=weekday_and_time(share.changed_at))
    when = weekday_and_time(share.due_at)
    if share.wall_time:
        return _("Planned for %(when)s", when=when)
    if share.state in IN_MOTION:
        return ""
    return _("Was to leave on %(when)s", when=when)


def _next_try(next_at: datetime, at: datetime) -> str:
    """With its day, unless that is today where the person is."""
    if day(next_at) == day(at):
        return _("We try again at %(time)s", time=time(next_at))
    return _("We try again on %(when)s", when=weekday_and_time(next_at))


def _leaving(share: Share) -> Row:
    words = _("On its way to %(network)s", network=network_name(share.network))
    if share.state is ShareState.SENDING:
        return _on_the_wire(share, words)
    return Row(share, Group.LEAVING, "send", words, (A.CANCEL,), "wait")


def _on_the_wire(share: Share, words: str) -> Row:
    told = Row(share, Group.LEAVING, "send", words, tone="wait")
    if share.take_off_again:
        return replace(told, more=_("It is deleted as soon as it is there."))
    more = _("It is too late to stop it from here.")
    if share.reason == Reason.CONSENT:  # they were asked; nothing is left to do it with
        return replace(told, more=more)
    return replace(told, more=more, actions=(A.STOP,))


def _uncertain(share: Share) -> Row:
    cause = why.sentence(why.IN_DOUBT, share)
    network = network_name(share.network)
    wish = _("You asked us to delete it as soon as it is there.")
    advice = _(
        "We will not send it again by ourselves. Please look on %(network)s and tell"
        " us.",
        network=network,
    )
    told = (cause, wish if share.take_off_again else "", advice)
    return Row(
        share,
        Group.LOOK,
        "circle-question-mark",
        _("We could not see whether %(network)s took it", network=network),
        (A.ACTIVITY, A.THERE, A.NOT_THERE),
        "unsure",
        "unsure",
        more=" ".join(sentence for sentence in told if sentence),
    )


def _not_posted(*actions: Action) -> Callable[[Share], Row]:
    def told(share: Share) -> Row:
        more = why.sentence(why.NOT_POSTED, share)
        words = _("Not posted")
        return Row(share, Group.LOOK, "circle-x", words, actions, "bad", "bad", more)

    return told


def _cancelled(share: Share) -> Row:
    when = day(share.changed_at)
    more = why.sentence(why.STOPPED, share)
    undone = share.reason == Reason.UNDONE
    words = (
        _("Undone on %(day)s", day=when)
        if undone
        else _("Stopped on %(day)s", day=when)
    )
    actions = (A.WRITE_AGAIN, A.COPY)
    return Row(share, Group.OTHER, "undo-2", words, actions, more=more)


def _removed(share: Share) -> Row:
    words = _(
        "Deleted from %(network)s on %(day)s",
        network=network_name(share.network),
        day=day(share.changed_at),
    )
    more = why.sentence(why.REMOVED, share)
    actions = (A.WRITE_AGAIN, A.COPY)
    return Row(share, Group.OTHER, "trash-2", words, actions, more=more)


def _copied(share: Share) -> Row:
    words = _("Taken along on %(day)s", day=day(share.created_at))
    more = _("Say so if you posted it. You need not.")
    actions = (A.POSTED, A.COPY, A.TAKE_OFF)
    return Row(share, Group.OTHER, "copy", words, actions, more=more)


def _told(share: Share) -> Row:
    when = day(share.posted_at or share.changed_at)
    words = _("You told us you posted it, on %(day)s", day=when)
    find = (A.OPEN,) if share.post_address else (A.ADDRESS,)
    return Row(share, Group.POSTED, "check", words, (*find, A.TAKE_OFF), "good")


S = ShareState
_ROWS: dict[ShareState, Callable[[Share], Row]] = {
    S.PREPARING: _leaving,
    S.READY: _leaving,
    S.SENDING: _leaving,
    S.UNCERTAIN: _uncertain,
    S.NEEDS_RECONNECT: _not_posted(A.CONNECT, A.COPY, A.CANCEL),
    S.MISSED: _not_posted(A.SEND_NOW, A.COPY, A.CANCEL),
    S.FAILED: _not_posted(A.WRITE_AGAIN, A.COPY),
    S.CANCELLED: _cancelled,
    S.REMOVED: _removed,
    S.COPIED: _copied,
    S.TOLD: _told,
}
