"""Each state of a share in words, with what can be done about it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from math import ceil

from flask_babel import gettext as _

from advocacy.hooks import Holdup
from advocacy.outside import network_name
from advocacy.shares import reason_words as why
from advocacy.shares.connection_words import cut_off, needs_connection
from advocacy.shares.doubt_words import in_doubt, with_earlier_doubt
from advocacy.shares.models import IN_MOTION, LEAVING, ON_NETWORK, Share, ShareState
from advocacy.shares.on_network_words import on_network
from advocacy.shares.page_parts import planned_time
from advocacy.shares.reasons import Reason
from advocacy.shares.rows import Action, Circumstances, Group, Row
from advocacy.web.formats import begun, day, time, weekday_and_time
from advocacy.web.language import city

A = Action

# How long something that went wrong stays under "Please have a look".
FRESH = timedelta(days=14)
# What is tried again within this time is under way, also shortly before midnight.
SOON = timedelta(hours=1)


def row(share: Share, at: datetime, around: Circumstances) -> Row:
    """What to say about a share now."""
    told = _by_state(share, at, around)
    if share.id in around.doubted:
        told = with_earlier_doubt(told)
    holdup = around.held_up.get(share.network)
    if share.state in LEAVING and told.under_way and holdup and holdup.paused:
        told = _paused(share, at)
    elif told.group is Group.LOOK or told.under_way:
        told = replace(told, when=_when(share, around))
    if share.state is ShareState.SCHEDULED and share.network in around.cut:
        told = cut_off(told, at, around)
    if told.group is Group.LOOK and share.changed_at < at - FRESH:
        told = replace(told, group=Group.OTHER, box="")
    off = (A.TAKE_OFF,) if share.id in around.removable else ()
    return replace(
        told,
        open=share.item.offered(at),
        attempt=around.attempts.get(share.id, 0),
        actions=(*told.actions, *off),
    )


def _by_state(share: Share, at: datetime, around: Circumstances) -> Row:
    if share.state is ShareState.SCHEDULED:
        return _scheduled(share, at, around)
    if share.state is ShareState.UNCERTAIN:
        return in_doubt(share, around)
    if share.state is ShareState.NEEDS_RECONNECT:
        return needs_connection(share, at, around)
    if share.state not in ON_NETWORK:
        return _ROWS[share.state](share)
    told = on_network(share, deletable=share.id in around.deletable)
    if share.id in around.only_said:
        return replace(told, actions=(*told.actions, A.TAKE_BACK))
    return told


def _scheduled(share: Share, at: datetime, around: Circumstances) -> Row:
    # Where posts are spread, it leaves a little after its time.
    leaves = share.due_at if share.reason else share.next_at
    left = ceil((leaves - at).total_seconds())
    if left <= 0 and not share.reason:
        return _leaving(share)
    if left <= 0:
        return _tried_again(share, at)
    if left <= around.hold_seconds:
        return _held(share, left, around.held_up.get(share.network))
    words = _at_the_persons_time(planned_time(share))
    actions = (A.CHANGE, A.CANCEL)
    return Row(share, Group.PLANNED, "calendar", begun(words), actions, "wait")


def _held(share: Share, left: int, holdup: Holdup | None) -> Row:
    """Counted down, unless it is known that the network will not take it today."""
    # Its own time is over where a new connection made it wait once more.
    actions = (A.UNDO, A.CHANGE) if share.due_at < share.next_at else (A.UNDO,)
    held = Row(share, Group.LEAVING, "clock", "", actions, "wait", box="hold")
    if holdup is None or holdup.goes_on_at is None:
        return replace(held, seconds_left=left)
    words = _(
        "Leaves on %(when)s or a little later, %(city)s time",
        when=weekday_and_time(holdup.goes_on_at),
        city=city(),
    )
    said = why.WAITING[Reason.RATE_LIMIT] % {"network": network_name(share.network)}
    return replace(held, words=words, more=said)


def _tried_again(share: Share, at: datetime) -> Row:
    """Under way today or soon; later than that it is as good as planned."""
    today = day(share.next_at) == day(at)
    soon = today or share.next_at <= at + SOON
    if today:
        words = _("We try again at %(time)s", time=time(share.next_at))
    else:
        words = _("We try again on %(when)s", when=weekday_and_time(share.next_at))
    return Row(
        share,
        Group.WAITING if soon else Group.PLANNED,
        "clock",
        _at_the_persons_time(words),
        (A.CANCEL, A.COPY),
        "wait",
        more=why.sentence(why.WAITING, share),
    )


def _at_the_persons_time(when: str) -> str:
    return _("%(when)s, %(city)s time", when=when, city=city())


def _paused(share: Share, at: datetime) -> Row:
    """Nobody knows when it leaves: no seconds to count, and no time of a next try."""
    words = _("Waits until posting goes on")
    reason = why.sentence(why.WAITING, share)
    more = reason or _("Posting is paused at the moment. Nothing was sent yet.")
    when = _planned_for(share) or _was_to_leave(share)
    actions = (A.CANCEL, A.COPY)
    # "Was to leave" is said of what is over only.
    said = when if share.wall_time or share.due_at <= at else ""
    waits = Group.WAITING
    return Row(share, waits, "clock", words, actions, "wait", more=more, when=said)


def _when(share: Share, around: Circumstances) -> str:
    """When it was tried, else when it was to leave; a time counts as planned if chosen."""
    if tried := around.tried.get(share.id):
        return _("Tried on %(when)s", when=weekday_and_time(tried))
    # What is in motion leaves about now, so a time says nothing more.
    if share.wall_time or share.state in IN_MOTION:
        return _planned_for(share)
    return _was_to_leave(share)


def _planned_for(share: Share) -> str:
    if not share.wall_time:
        return ""
    return _("Planned for %(when)s", when=weekday_and_time(share.due_at))


def _was_to_leave(share: Share) -> str:
    return _("Was to leave on %(when)s", when=weekday_and_time(share.due_at))


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


def _not_posted(*actions: Action) -> Callable[[Share], Row]:
    def told(share: Share) -> Row:
        more = why.sentence(why.NOT_POSTED, share)
        words = _("Not posted")
        # Of the same words that were posted before, as far as the network named it.
        there = (A.OPEN,) if share.post_address else ()
        return Row(
            share, Group.LOOK, "circle-x", words, (*actions, *there), "bad", "bad", more
        )

    return told


def _cancelled(share: Share) -> Row:
    when = weekday_and_time(share.changed_at)
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
        day=weekday_and_time(share.changed_at),
    )
    more = why.sentence(why.REMOVED, share)
    actions = (A.WRITE_AGAIN, A.COPY)
    return Row(share, Group.OTHER, "trash-2", words, actions, more=more)


def _copied(share: Share) -> Row:
    when = weekday_and_time(share.created_at)
    words = _("Taken along on %(day)s", day=when)
    more = _("Say so if you posted it. You need not.")
    actions = (A.POSTED, A.COPY, A.TAKE_OFF)
    return Row(share, Group.OTHER, "copy", words, actions, more=more)


def _told(share: Share) -> Row:
    when = weekday_and_time(share.posted_at or share.changed_at)
    words = _("You told us you posted it, on %(day)s", day=when)
    find = (A.OPEN,) if share.post_address else (A.ADDRESS,)
    return Row(share, Group.POSTED, "check", words, (*find, A.TAKE_OFF), "good")


S = ShareState
_ROWS: dict[ShareState, Callable[[Share], Row]] = {
    S.PREPARING: _leaving,
    S.READY: _leaving,
    S.SENDING: _leaving,
    S.MISSED: _not_posted(A.SEND_NOW, A.COPY, A.CANCEL),
    S.FAILED: _not_posted(A.WRITE_AGAIN, A.COPY),
    S.CANCELLED: _cancelled,
    S.REMOVED: _removed,
    S.COPIED: _copied,
    S.TOLD: _told,
}
