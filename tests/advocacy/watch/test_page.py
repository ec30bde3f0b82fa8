"""What administrators see of the service, and what they can do: never whose, never what."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest

from advocacy.people.operations import add_person, start_sign_in
from advocacy.people.roles import Role
from advocacy.shares.budget import Payer, count
from advocacy.shares.claiming import database_time
from advocacy.shares.models import PublishAttempt, PublishingPause, ShareState
from advocacy.shares.obstacles import MOST_CRASHES
from advocacy.shares.pausing import stop_publishing, stops
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import ALIVE
from advocacy.shares.service_rows import Heartbeat, StopCause
from advocacy.shares.sweeper import due_shares, sweep
from advocacy.watch.alarms import Kind, alarms
from advocacy.watch.heartbeats import CLOCK, SILENT, STARTED, WORKER, note
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from integrations.clock import now
from integrations.network import DayLimits
from tests.advocacy.shares.making import (
    connect_account,
    make_item,
    make_person,
    queue_due,
)

SECRET = "Only Marit may read this sentence."


@dataclass
class Net:
    """What is asked of a network here."""

    last_day: date | None = None
    day_limits: DayLimits = DayLimits(app=1000)  # noqa: RUF009 – frozen

    def served_until(self):
        return self.last_day


def signed_in(client, session, *roles):
    person = add_person(
        session, name="Ada Jansen", email="ada@veenstroom.example", roles=list(roles)
    )
    token = start_sign_in(session, person, now())
    session.commit()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["language"] = "en"
    return client


@pytest.fixture
def admin(client, session):
    return signed_in(client, session, Role.ADMINISTRATOR)


@pytest.fixture
def share(session):
    return somebodys(session)


def somebodys(session):
    person = make_person(session)
    connect_account(session, person)
    share = queue_due(session, person, make_item(session), SECRET)
    session.commit()
    return share


def tried(session, share, outcome):
    attempt = PublishAttempt(
        share_id=share.id,
        n=1,
        armed_at=now(),
        worker="w",
        body_sha256="",
        consent_epoch=1,
        content_epoch=1,
        outcome=outcome,
        closed_at=now(),
    )
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
    payer = Payer("linkedin", "member-1", database_time(session).date())
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


def test_doubts_are_counted_by_reason_and_withdrawals_not_apart(session, admin):
    reasons = [Reason.NO_ANSWER, Reason.NO_ANSWER]
    reasons += [Reason.CONSENT_TOO_LATE, Reason.STOPPED_TOO_LATE]
    for reason in reasons:
        share = somebodys(session)
        share.state, share.reason = ShareState.UNCERTAIN, reason
    session.commit()

    page = " ".join(admin.get("/service").get_data(as_text=True).split())
    told = list(lines(service_state(session, {})))

    assert "whose owners are asked</th><td>4</td>" in page
    assert "In doubt: no clear answer came</th><td>2</td>" in page
    assert "In doubt: stopped while it was being sent</th><td>2</td>" in page
    assert "uncertain 4" in told
    assert "parked uncertain no_answer 2" in told
    assert "parked uncertain stopped_too_late 2" in told


def test_the_page_counts_and_names_nobody(session, admin, share):
    share.state, share.reason = ShareState.SCHEDULED, Reason.BUSY
    share.next_at = now() - timedelta(minutes=3)
    other = somebodys(session)
    other.state = ShareState.UNCERTAIN
    for kind in (ALIVE, WORKER):
        note(session, kind, "host-1", "host-1:1:ab")
    session.commit()

    answer = admin.get("/service")

    page = " ".join(answer.get_data(as_text=True).split())
    assert answer.status_code == 200
    assert "Posts that wait: the network asked us to wait</th><td>1</td>" in page
    assert "whose owners are asked</th><td>1</td>" in page
    assert "has waited for</th><td>3 minutes</td>" in page
    assert '<th scope="row">host-1</th><td>just now</td><td>just now</td>' in page
    assert "No worker was seen" not in page
    assert "The clock was not seen in the last three minutes." in page
    assert SECRET not in page
    assert "veenstroom.example" not in page


@pytest.mark.parametrize(
    "role", [None, Role.COMMUNICATIONS, Role.MANAGER, Role.AUDITOR]
)
def test_others_neither_see_it_nor_stop_anything(client, session, role):
    browser = signed_in(client, session, *([role] if role else []))

    assert browser.get("/service").status_code == 403
    assert browser.post("/service/stop").status_code == 403
    assert browser.post("/service/release").status_code == 403
    assert stops(session) == []
    assert "/service" not in browser.get("/shares").get_data(as_text=True)


def test_what_waited_for_a_newer_version_leaves_when_it_is_released(
    session, admin, share
):
    share.reason, share.next_at = Reason.VERSION, now() + timedelta(minutes=14)
    share.woken_at = now()
    planned = somebodys(session)
    planned.reason = Reason.VERSION
    planned.due_at = planned.next_at = now() + timedelta(hours=2)
    pause = PublishingPause(
        network="linkedin", until=now() + timedelta(minutes=14), reason="426"
    )
    session.add(pause)
    session.commit()
    assert due_shares(session) == []

    admin.post("/service/release")

    session.expire_all()
    assert due_shares(session) == [share.id]


def test_an_administrator_stops_and_releases(session, admin):
    session.add(
        PublishingPause(
            network="linkedin", until=now() + timedelta(minutes=9), reason="426"
        )
    )
    session.commit()

    assert admin.post("/service/stop").location == "/service"
    assert [stop.cause for stop in stops(session)] == [StopCause.BY_HAND]
    page = admin.get("/service").get_data(as_text=True)
    assert "an administrator paused it" in page
    assert "it no longer serves the version" in page
    assert "Pause posting" not in page

    assert admin.post("/service/release").location == "/service"
    assert stops(session) == []
    page = admin.get("/service").get_data(as_text=True)
    assert "Release posting" not in page
    assert "it no longer serves the version" not in page


def test_administrators_hear_on_every_page_of_what_stays(session, admin, app):
    stop_publishing(session, StopCause.RESTORED)
    session.commit()

    assert "put back from a copy" in admin.get("/shares").get_data(as_text=True)

    colleague = app.test_client()
    token = start_sign_in(session, make_person(session), now())
    session.commit()
    with colleague.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert "put back" not in colleague.get("/shares").get_data(as_text=True)


def test_an_ended_version_is_on_the_page_with_its_day(session, admin, app):
    parts = app.extensions["advocacy"]
    networks = {"linkedin": Net(date(2026, 1, 15)), "mastodon": Net()}
    outside = replace(parts.outside, networks=networks)
    app.extensions["advocacy"] = replace(parts, outside=outside)

    page = admin.get("/service").get_data(as_text=True)

    assert "LinkedIn serves the version of its interface that is set until" in page
    assert "no end" in page


def test_the_same_in_a_terminal(session, share):
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

    assert told[:5] == [
        "oldest_due_seconds 100",
        "uncertain 0",
        "poisoned 0",
        "without_id 0",
        "parked scheduled busy 1",
    ]
    assert told[5].startswith("stopped by_hand 2")
    assert told[6].startswith("paused linkedin 2")
    assert told[7:9] == [
        "network linkedin until 2027-09-15 reserved 0 of 1000",
        "machine host-1 alive 0 worked 0",
    ]
    assert told[9:] == [
        "look stopped",
        "look version_gone linkedin",
        "look no_clock",
        "look late",
    ]
