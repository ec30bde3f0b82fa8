"""What administrators see of the service, and what they can do: never whose, never what."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from advocacy.links.batches import VisitLoss
from advocacy.links.spool import Spool
from advocacy.people.operations import add_person, start_sign_in
from advocacy.people.roles import Role
from advocacy.shares.models import PublishingPause, ShareState
from advocacy.shares.pausing import stop_publishing, stops
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import ALIVE
from advocacy.shares.service_rows import StopCause
from advocacy.shares.sweeper import due_shares
from advocacy.watch.heartbeats import CLOCK, WORKER, note
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import make_person, put_into
from tests.advocacy.watch.watched import SECRET, Net, somebodys


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


def test_visits_that_were_lost_or_wait_are_counted(session, admin, settings):
    session.add(VisitLoss(day=now().date(), reason="disk", visits=12))
    session.commit()
    Spool(settings.data_folder).keep(uuid4(), "AAAAAAAAAAA 2026-11-03 counted 2")

    page = " ".join(admin.get("/service").get_data(as_text=True).split())

    assert "that were not counted</th><td>12</td>" in page
    assert "that wait for the database</th><td>1</td>" in page
    assert "AAAAAAAAAAA" not in page


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
    assert "In doubt: another reason</th><td>1</td>" in page
    assert "has waited for</th><td>3 minutes</td>" in page
    assert '<th scope="row">host-1</th><td>just now</td><td>just now</td>' in page
    assert "No worker was seen" not in page
    assert "The clock was not seen in the last three minutes." in page
    assert SECRET not in page
    assert "veenstroom.example" not in page


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (ShareState.UNCERTAIN, "1 post is in doubt: its owner is asked to look."),
        (ShareState.MISSED, "1 post waits for its owner"),
        (ShareState.NEEDS_RECONNECT, "1 post waits for its owner"),
    ],
)
def test_what_waits_for_somebody_stands_before_all_else(
    session, admin, share, state, told
):
    for kind in (ALIVE, WORKER, CLOCK):
        note(session, kind, "host-1", "host-1:1:ab")
    session.commit()
    assert "Nothing needs you." in admin.get("/service").text

    put_into(session, share, state)
    session.commit()

    page = admin.get("/service").text
    assert "Nothing needs you." not in page
    assert told in page.partition("<h2")[0]


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
    assert "it no longer serves this version" in page
    assert "Pause posting" not in page

    assert admin.post("/service/release").location == "/service"
    assert stops(session) == []
    page = admin.get("/service").get_data(as_text=True)
    assert "Release posting" not in page
    assert "it no longer serves this version" not in page


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


def test_a_version_that_is_gone_is_named_with_its_setting_and_nothing_contradicts_it(
    session, admin
):
    pause = PublishingPause(
        network="linkedin", until=now() + timedelta(minutes=9), reason="426"
    )
    session.add(pause)
    session.commit()

    answer = admin.get("/service")
    said = words(answer)

    assert "LINKEDIN_VERSION is 202609. Set a newer one and restart" in said
    assert "LinkedIn not any more, it says" in said
    assert "15 September 2027" not in said
    # Released with the same version it would only be refused again.
    assert 'class="button" type="submit">Release posting' in answer.text

    stop_publishing(session, StopCause.BY_HAND)
    session.commit()
    page = admin.get("/service").text
    assert 'class="button button--main" type="submit">Release posting' in page


def test_doubts_with_one_cause_are_counted_once(session, admin):
    share = somebodys(session)
    share.state, share.reason = ShareState.UNCERTAIN, Reason.NO_ANSWER
    session.commit()

    said = words(admin.get("/service"))

    assert "In doubt: no clear answer came 1" in said
    assert "Posts in doubt, whose owners are asked" not in said


def test_an_ended_version_is_on_the_page_with_its_day(session, admin, app):
    parts = app.extensions["advocacy"]
    networks = {"linkedin": Net(date(2026, 1, 15)), "mastodon": Net()}
    outside = replace(parts.outside, networks=networks)
    app.extensions["advocacy"] = replace(parts, outside=outside)

    page = admin.get("/service").get_data(as_text=True)

    assert "LinkedIn serves the version of its interface that is set until" in page
    assert "Set a newer one before: LINKEDIN_VERSION is 202609." in page
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

    assert told[:7] == [
        "oldest_due_seconds 100",
        "uncertain 0",
        "poisoned 0",
        "without_id 0",
        "visits_lost 0",
        "visits_kept 0",
        "parked scheduled busy 1",
    ]
    assert told[7].startswith("stopped by_hand 2")
    assert told[8].startswith("paused linkedin 2")
    assert told[9:11] == [
        "network linkedin until 2027-09-15 reserved 0 of 1000",
        "machine host-1 alive 0 worked 0",
    ]
    assert told[11:] == [
        "look stopped",
        "look version_gone linkedin",
        "look no_clock",
        "look late",
    ]
