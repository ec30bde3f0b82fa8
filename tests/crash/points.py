"""Points in the posting of a share at which a trial may do something to the process.

The product knows nothing of them: a trial's worker wraps the functions of
`advocacy.shares` before Celery starts. Should one of them get another name, the worker
does not start and the trial fails.
"""

import http.client
import threading
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from advocacy.shares import arming, claiming, publishing, tasks
from integrations.linkedin.client import LinkedIn
from integrations.linkedin.line import LinkedInLine


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

    _remember_share(tasks, "publish_share", at(Point.DUE))
    _before(claiming, "obstacle", at(Point.CHECKED))
    _before(publishing, "_prepared", at(Point.CLAIMED))
    _before(LinkedIn, "open_line", at(Point.PREPARED))
    _before(publishing, "send", at(Point.CONNECTED))
    _before(arming, "_to_sending", at(Point.ARMING))
    _before(publishing, "_create", at(Point.ARMED))
    _before(LinkedInLine, "create", at(Point.SENDING))
    _after(http.client.HTTPConnection, "request", at(Point.SENT))
    _before(publishing, "settle", at(Point.ANSWERED))
    _after(publishing, "settle", at(Point.SETTLED))


def _remember_share(owner: Any, name: str, call: Callable[[], None]) -> None:
    wrapped = getattr(owner, name)

    def wrapper(share_id: int, *given: Any) -> Any:
        _here.share = share_id
        try:
            call()
            return wrapped(share_id, *given)
        finally:
            del _here.share

    setattr(owner, name, wrapper)


def _before(owner: Any, name: str, call: Callable[[], None]) -> None:
    wrapped = getattr(owner, name)

    def wrapper(*given: Any, **named: Any) -> Any:
        if hasattr(_here, "share"):
            call()
        return wrapped(*given, **named)

    setattr(owner, name, wrapper)


def _after(owner: Any, name: str, call: Callable[[], None]) -> None:
    wrapped = getattr(owner, name)

    def wrapper(*given: Any, **named: Any) -> Any:
        found = wrapped(*given, **named)
        if hasattr(_here, "share"):
            call()
        return found

    setattr(owner, name, wrapper)
