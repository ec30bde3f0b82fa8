"""When somebody should look, and when not."""

from datetime import timedelta

import pytest

from advocacy.links.batches import VisitLoss
from advocacy.shares.budget import count, payer_of
from advocacy.shares.claiming import database_time
from advocacy.shares.models import ShareState
from advocacy.shares.obstacles import MOST_CRASHES
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import ALIVE
from advocacy.shares.service_rows import Heartbeat
from advocacy.shares.sweeper import sweep
from advocacy.watch.alarms import Kind, alarms
from advocacy.watch.heartbeats import CLOCK, SILENT, STARTED, WORKER, note
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from integrations.clock import now
from integrations.memory_server import AWAY, ON_DISK
from tests.advocacy.shares.making import attempt_of
from tests.advocacy.watch.watched import Net


def tried(session, share, outcome):
    attempt = attempt_of(share.id, outcome=outcome, closed_at=now())
    session.add(attempt)
    session.flush()
    return attempt


def kinds(session, **networks):
    return [alarm.kind for alarm in alarms(service_state(session, networks))]


@pytest.fixture
def healthy(session):
    for kind in (ALIVE, WORKER):
        note(session, kind, "host-1", "host-1:1:ab")
    note(session, CLOCK, "host-1", "")


def test_a_service_at_work_gives_no_alarm(session, healthy):
    assert kinds(session, linkedin=Net()) == []


@pytest.mark.parametrize(("age", "lost"), [(0, 4), (1, 4), (2, 0)])
def test_visits_lost_since_yesterday_are_told(session, healthy, age, lost):
    day = database_time(session).date() - timedelta(days=age)
    session.add_all(
        VisitLoss(day=day, reason=reason, visits=2) for reason in ("disk", "spool_full")
    )
    session.flush()

    assert kinds(session) == [Kind.VISITS_LOST] * bool(lost)
    assert f"visits_lost {lost}" in lines(service_state(session, {}))


def test_visits_on_the_disk_are_told(session, healthy):
    state = service_state(session, {}, 3)
    assert [alarm.kind for alarm in alarms(state)] == [Kind.VISITS_KEPT]
    assert "visits_kept 3" in lines(state)


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [(AWAY, Kind.VISITORS_AWAY), (ON_DISK, Kind.VISITORS_ON_DISK), ("", None)],
)
def test_a_server_of_visitors_that_cannot_be_used_is_told(
    session, healthy, wrong, kind
):
    state = service_state(session, {}, visitors=wrong)
    assert [alarm.kind for alarm in alarms(state)] == [kind] * bool(kind)
    assert f"visitors {wrong or 'ok'}" in lines(state)


@pytest.mark.parametrize(("part", "kind"), [(WORKER, "no_worker"), (CLOCK, "no_clock")])
def test_a_part_that_is_silent_for_three_minutes_is_told(session, healthy, part, kind):
    process = "host-1:1:ab" if part == WORKER else ""
    row = session.get_one(Heartbeat, (part, "host-1", process))
    row.at -= timedelta(minutes=4)
    session.flush()

    assert kinds(session) == [kind]


def test_a_clock_that_no_worker_can_have_heard_yet_is_not_missed(session, healthy):
    """After a standstill the last tick is old, and the next one comes in a minute."""
    session.get_one(Heartbeat, (CLOCK, "host-1", "")).at -= timedelta(hours=9)
    note(session, STARTED, "host-1", "host-1:1:ab")
    session.flush()
    assert kinds(session) == []

    began = session.get_one(Heartbeat, (STARTED, "host-1", "host-1:1:ab"))
    began.at -= SILENT
    session.flush()
    assert kinds(session) == [Kind.NO_CLOCK]


def test_one_young_worker_beside_an_old_one_hides_nothing(session, healthy):
    session.get_one(Heartbeat, (CLOCK, "host-1", "")).at -= timedelta(hours=9)
    for kind in (ALIVE, STARTED):
        note(session, kind, "host-2", "host-2:1:cd")
    session.flush()

    assert kinds(session) == [Kind.NO_CLOCK]


def test_a_post_that_is_late_by_a_minute_is_told(session, healthy, share):
    share.next_at = now() - timedelta(seconds=59)
    session.flush()
    assert kinds(session) == []

    share.next_at = now() - timedelta(seconds=70)
    session.flush()
    assert kinds(session) == [Kind.LATE]

    share.next_at = now() + timedelta(minutes=5)
    session.flush()
    assert service_state(session, {}).oldest_due is None


@pytest.mark.parametrize(("days", "told"), [(61, False), (60, True), (-1, True)])
def test_a_version_that_ends_is_told_sixty_days_before(session, healthy, days, told):
    last = database_time(session).date() + timedelta(days=days)
    found = kinds(session, linkedin=Net(last))
    assert found == ([Kind.VERSION_ENDS] if told else [])


def test_a_budget_that_is_three_quarters_gone_is_told(session, healthy):
    payer = payer_of("linkedin", "member-1", database_time(session).date())
    count(session, payer, 749, Net().day_limits)
    assert kinds(session, linkedin=Net()) == []
    count(session, payer, 1, Net().day_limits)
    assert kinds(session, linkedin=Net()) == [Kind.NEARLY_SPENT]


def test_a_post_that_stopped_our_worker_again_and_again_is_told_for_a_day(
    session, healthy, share
):
    share.crash_count = MOST_CRASHES + 1
    session.flush()
    assert sweep(session).poisoned == 1
    session.expire_all()
    assert kinds(session) == [Kind.POISON]

    share.changed_at = now() - timedelta(hours=25)
    session.flush()
    assert kinds(session) == []


def test_a_post_that_a_network_took_without_saying_where_is_told_for_a_day(
    session, healthy, share
):
    share.state, share.reason = ShareState.PUBLISHED_UNVERIFIED, Reason.STOPPED_TOO_LATE
    attempt = tried(session, share, "published_unverified")
    assert kinds(session) == [Kind.WITHOUT_ID]

    attempt.closed_at -= timedelta(hours=25)
    session.flush()
    assert kinds(session) == []


def test_a_post_that_its_owner_saw_there_is_no_alarm(session, healthy, share):
    share.state, share.reason = ShareState.PUBLISHED_UNVERIFIED, Reason.SAID_SO
    tried(session, share, "uncertain")

    assert kinds(session) == []
