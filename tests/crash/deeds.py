"""What a trial does to a share's process at a point: kill, stop or freeze it, or withdraw."""

import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.people.models import Person
from advocacy.shares.cascades import cancel_for_item
from advocacy.shares.models import Share
from advocacy.shares.reasons import Reason
from advocacy.shares.station import opened_station
from advocacy.withdrawal import withdrawal_cascade
from advocacy.worker import stopping
from content.operations import withdraw_item
from content.queries import item_to_change
from integrations.clock import now
from integrations.database import transaction
from tests.crash.points import Point, watch

Deed = Callable[[Point, int], None]
# Inside a transaction a withdrawal may be waiting for us: so long we wait for it.
WAIT_SECONDS = 0.3
# A second process comes by here when the first is still withdrawing.
POLL_SECONDS = 0.05
LONGEST = 60
IS_WITHDRAWN = "SELECT 1 FROM trial_withdrawal WHERE share_id = :share"
INSIDE = (Point.CHECKED, Point.ARMING)


def do_at(point: str, deed: str, marks: str) -> None:
    """Let this process do the deed at the point, once for each share."""
    folder, chosen, act = Path(marks), Point(point), DEEDS[deed]

    def reached(here: Point, share_id: int) -> None:
        if here is not chosen:
            return
        if _first_time(folder / str(share_id)):
            act(here, share_id)
        elif deed in WITHDRAWALS and here not in INSIDE:
            _until_withdrawn(share_id)

    watch(reached)


def _first_time(mark: Path) -> bool:
    """Whether no process has been here with this share before; survives us."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return False
    return True


def _until_withdrawn(share_id: int) -> None:
    """A due share is found again and again: on a slow machine while it is withdrawn."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        with transaction() as session:
            if session.scalar(text(IS_WITHDRAWN), {"share": share_id}):
                return
        time.sleep(POLL_SECONDS)


def _kill(_here: Point, _share_id: int) -> None:
    os.killpg(os.getpid(), signal.SIGKILL)


def _stop(_here: Point, _share_id: int) -> None:
    """As a supervisor asks; goes on when the worker has heard it."""
    os.kill(os.getpid(), signal.SIGTERM)
    assert stopping.wait(LONGEST), "the worker did not hear that it should stop"


def _freeze(_here: Point, _share_id: int) -> None:
    os.kill(os.getpid(), signal.SIGSTOP)
    # The kernel may stop another thread first; this one goes no further until then.
    time.sleep(0.5)


def _meanwhile(change: Callable[[Session, Share], None]) -> Deed:
    """In a transaction of its own, stored before the share goes on; unless it has to wait
    for the one that we are in.
    """

    def run(share_id: int) -> None:
        with transaction() as session:
            change(session, session.get_one(Share, share_id))

    def act(here: Point, share_id: int) -> None:
        other = threading.Thread(target=run, args=(share_id,))
        other.start()
        other.join(WAIT_SECONDS if here in INSIDE else None)

    return act


def _withdraw_consent(session: Session, share: Share) -> None:
    """All that the page's button does, the revoking of the token included."""
    person = session.get_one(Person, share.person_id)
    why, cascade = "a trial", withdrawal_cascade(opened_station().outside)
    withdraw(session, person, Purpose.POST_FOR_ME, "en", why, now(), cascade)
    _note_time(session, share)


def _withdraw_item(session: Session, share: Share) -> None:
    item = item_to_change(session, share.item_id)
    assert item is not None
    withdraw_item(session, item, "a trial")
    cancel_for_item(session, share.item_id, Reason.ITEM_WITHDRAWN, now())
    _note_time(session, share)


def _note_time(session: Session, share: Share) -> None:
    """When the withdrawal was about to be stored, by the database's clock."""
    at = session.scalar(select(func.clock_timestamp()))
    note = "INSERT INTO trial_withdrawal (share_id, at) VALUES (:share, :at)"
    session.execute(text(note), {"share": share.id, "at": at})


DEEDS: dict[str, Deed] = {
    "kill": _kill,
    "stop": _stop,
    "freeze": _freeze,
}
WITHDRAWALS: dict[str, Deed] = {
    "withdraw consent": _meanwhile(_withdraw_consent),
    "withdraw item": _meanwhile(_withdraw_item),
}
DEEDS |= WITHDRAWALS
