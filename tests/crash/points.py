"""Points in the posting of a share at which a trial may do something to the process.

The product knows nothing of them: a trial's worker wraps the functions of
`advocacy.shares` before Celery starts. Should one of them get another name, the worker
does not start and the trial fails.
"""

import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from advocacy.shares import claiming, crew, dispatching, publishing
from advocacy.shares.sweeper import due_shares
from integrations.database import transaction
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.line import LinkedInLine
from integrations.one_connection import OneConnection


class Point(StrEnum):
    """In the order in which a share passes them (reliability.md 2.4)."""

    DUE = "due"  # before the claim
    CHECKED = "checked"  # inside the claim's transaction
    CLAIMED = "claimed"  # the claim is stored
    PREPARED = "prepared"  # the body is stored, no line yet
    CONNECTED = "connected"  # the line is open, not armed
    ARMING = "arming"  # inside the transaction that arms
    ARMED = "armed"  # armed, nothing sent
    SENDING = "sending"  # the deadline was looked at, nothing sent
    SENT = "sent"  # the request is out, no answer
    ANSWERED = "answered"  # the answer is here, not stored
    SETTLED = "settled"  # the answer is stored


Reached = Callable[[Point, int], None]
_here = threading.local()


def watch(reached: Reached) -> None:
    """Call `reached(point, share_id)` whenever this process comes by a point."""

    def at(point: Point) -> Callable[[], None]:
        return lambda: reached(point, _here.share)

    def next_due(*_given: Any, suspects: bool = False, **_named: Any) -> list[int]:
        found = _next_due(suspects=suspects)
        for share_id in found:
            reached(Point.DUE, share_id)
        return found

    # What is done to one share must not befall those that are in hand with it.
    dispatching.TOGETHER, crew.AHEAD = 1, 0
    dispatching.due_shares = next_due
    _before(claiming, "obstacle", lambda facts: reached(Point.CHECKED, facts.share.id))
    _remember_share(dispatching, "post")
    _remember_share(publishing, "post")
    _while_posting(LinkedIn, "prepare", before=at(Point.CLAIMED))
    _while_posting(LinkedIn, "open_line", before=at(Point.PREPARED))
    _while_posting(publishing, "send", before=at(Point.CONNECTED))
    _while_posting(publishing, "arm", before=at(Point.ARMING))
    _while_posting(publishing, "_create", before=at(Point.ARMED))
    _while_posting(LinkedInLine, "create", before=at(Point.SENDING))
    _while_posting(OneConnection, "request", after=at(Point.SENT))
    _while_posting(
        publishing, "settle", before=at(Point.ANSWERED), after=at(Point.SETTLED)
    )


def _next_due(*, suspects: bool) -> list[int]:
    """What would be taken next, before anything is locked."""
    with transaction() as session:
        found = due_shares(session, 1, suspects=suspects)
        session.rollback()
    return found


def _before(owner: Any, name: str, call: Callable[..., None]) -> None:
    wrapped = getattr(owner, name)

    def wrapper(*given: Any) -> Any:
        call(*given)
        return wrapped(*given)

    setattr(owner, name, wrapper)


def _remember_share(owner: Any, name: str) -> None:
    """This thread posts the share of the claim that it was given."""
    wrapped = getattr(owner, name)

    def wrapper(claim: Any, station: Any) -> Any:
        _here.share = claim.share_id
        try:
            return wrapped(claim, station)
        finally:
            del _here.share

    setattr(owner, name, wrapper)


def _nothing() -> None:
    pass


def _while_posting(
    owner: Any,
    name: str,
    before: Callable[[], None] = _nothing,
    after: Callable[[], None] = _nothing,
) -> None:
    wrapped = getattr(owner, name)

    def wrapper(*given: Any, **named: Any) -> Any:
        if not hasattr(_here, "share"):
            return wrapped(*given, **named)
        before()
        found = wrapped(*given, **named)
        if hasattr(_here, "share"):
            after()
        return found

    setattr(owner, name, wrapper)
