"""What becomes of posts that wait for a connection, in words: before connecting, and after."""

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from advocacy.hooks import Holdup, PostsWaiting
from advocacy.people.access import signed_in_person
from advocacy.web.formats import weekday_and_time
from advocacy.web.language import city
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction


def waiting_here(network: str) -> list[str]:
    """Sentences beside a way to connect; none where nothing waits.

    Not inside a transaction: it opens one of its own.
    """
    with transaction() as session:
        return before_connecting(session, network)


def before_connecting(
    session: Session, network: str, profile: str | None = None
) -> list[str]:
    """The same, with the profile that is about to be connected, if that is known."""
    me = signed_in_person().id
    found = runtime().posts_waiting(session, me, network, now(), profile)
    held_up = _held_up(session, network, found)
    leaving = _could_leave if held_up else _would_leave
    said = leaving(found.leaving), _planned(found.planned), _holdup(held_up, found)
    return [one for one in (*said, *_stays(found)) if one]


def after_connecting(session: Session, network: str, found: PostsWaiting) -> list[str]:
    """What connecting has made of them."""
    held_up = _held_up(session, network, found)
    leaving = _can_leave if held_up else _leaves
    said = leaving(found.leaving), _keeps_time(found.planned), _holdup(held_up, found)
    return [one for one in (*said, *_stays(found)) if one]


def _held_up(session: Session, network: str, found: PostsWaiting) -> Holdup | None:
    """Looked up where something would leave by itself."""
    if not (found.leaving or found.planned):
        return None
    me = signed_in_person().id
    return runtime().posts_held_up(session, me, network, now())


def _stays(found: PostsWaiting) -> tuple[str, str]:
    return _too_late(found.late), _of_another(found.others)


def _holdup(held_up: Holdup | None, found: PostsWaiting) -> str:
    """Why nothing leaves just now; a plan is for a day that has its own calls."""
    if held_up and held_up.goes_on_at is None:
        return _(
            "Posting is paused at the moment. Nothing leaves until it goes on, and what is"
            " more than six hours late by then only after asking you."
        )
    if held_up and held_up.goes_on_at and found.leaving:
        return _(
            "LinkedIn takes no more posts from us today. What would leave now leaves on"
            " %(when)s or a little later, %(city)s time.",
            when=weekday_and_time(held_up.goes_on_at),
            city=city(),
        )
    return ""


def _would_leave(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s post waits for a connection. Once connected it leaves %(seconds)s seconds"
        " later, unless you change or cancel it under My shares.",
        "%(num)s posts wait for a connection. Once connected they leave %(seconds)s"
        " seconds later, unless you change or cancel them under My shares.",
        number,
        seconds=runtime().settings.hold_seconds,
    )


def _could_leave(number: int) -> str:
    """The same while nothing leaves."""
    if not number:
        return ""
    return ngettext(
        "%(num)s post waits for a connection. Once connected it can leave, unless you"
        " cancel it under My shares.",
        "%(num)s posts wait for a connection. Once connected they can leave, unless you"
        " cancel them under My shares.",
        number,
    )


def _planned(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s planned post waits for a connection. Connect by its time and it"
        " leaves as planned; you can cancel it under My shares.",
        "%(num)s planned posts wait for a connection. Connect by their times and they"
        " leave as planned; you can cancel them under My shares.",
        number,
    )


def _leaves(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s post that waited leaves in %(seconds)s seconds. Until then you can undo"
        " or change it under My shares.",
        "%(num)s posts that waited leave in %(seconds)s seconds. Until then you can undo"
        " or change them under My shares.",
        number,
        seconds=runtime().settings.hold_seconds,
    )


def _can_leave(number: int) -> str:
    """The same while nothing leaves."""
    if not number:
        return ""
    return ngettext(
        "%(num)s post that waited can leave again. Until it does you can cancel it under"
        " My shares.",
        "%(num)s posts that waited can leave again. Until they do you can cancel them"
        " under My shares.",
        number,
    )


def _keeps_time(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s planned post that waited leaves at its own time again. Until then you"
        " can change or cancel it under My shares.",
        "%(num)s planned posts that waited leave at their own times again. Until then"
        " you can change or cancel them under My shares.",
        number,
    )


def _too_late(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s post has waited too long to leave by itself. Under My shares you can"
        " send it once you are connected, or leave it.",
        "%(num)s posts have waited too long to leave by themselves. Under My shares you"
        " can send them once you are connected, or leave them.",
        number,
    )


def _of_another(number: int) -> str:
    if not number:
        return ""
    return ngettext(
        "%(num)s post that you confirmed for another LinkedIn account does not leave by"
        " itself. Look at it under My shares.",
        "%(num)s posts that you confirmed for another LinkedIn account do not leave by"
        " themselves. Look at them under My shares.",
        number,
    )
