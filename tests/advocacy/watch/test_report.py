"""What the page tells, for programs: one fact a line."""

from datetime import date, timedelta

from advocacy.shares.models import PublishingPause
from advocacy.shares.pausing import stop_publishing
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import ALIVE
from advocacy.shares.service_rows import StopCause
from advocacy.watch.heartbeats import WORKER, note
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from integrations.clock import now
from tests.advocacy.watch.watched import Net


def test_a_terminal_is_told_the_same(session, share):
    share.reason = Reason.BUSY
    share.next_at = now() - timedelta(seconds=100)
    stop_publishing(session, StopCause.BY_HAND)
    session.add(
        PublishingPause(
            network="linkedin", until=now() + timedelta(minutes=9), reason="426 GONE"
        )
    )
    for kind in (ALIVE, WORKER):
        note(session, kind, "host-1", "host-1:1:ab")
    session.flush()

    told = list(lines(service_state(session, {"linkedin": Net(date(2027, 9, 15))})))

    assert told[:8] == [
        "oldest_due_seconds 100",
        "uncertain 0",
        "poisoned 0",
        "without_id 0",
        "visits_lost 0",
        "visits_kept 0",
        "visitors ok",
        "parked scheduled busy 1",
    ]
    assert told[8].startswith("stopped by_hand 2")
    assert told[9].startswith("paused linkedin 2")
    assert told[10:12] == [
        "network linkedin until 2027-09-15 reserved 0 of 1000",
        "machine host-1 alive 0 worked 0",
    ]
    assert told[12:] == [
        "look stopped",
        "look version_gone linkedin",
        "look no_clock",
        "look late",
    ]
