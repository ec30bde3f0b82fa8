"""Administrators stop all posting and let it go on; nobody else can."""

from datetime import timedelta

import pytest

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.queries import entries
from advocacy.people.roles import Role
from advocacy.shares.models import PublishingPause
from advocacy.shares.pausing import stop_publishing, stops
from advocacy.shares.reasons import Reason
from advocacy.shares.service_rows import StopCause
from advocacy.shares.sweeper import due_shares
from integrations.clock import now
from tests.advocacy.shares.making import make_person
from tests.advocacy.signing_in import signed_in
from tests.advocacy.watch.watched import signed_in_with, somebodys


@pytest.mark.parametrize(
    "role", [None, Role.COMMUNICATIONS, Role.MANAGER, Role.AUDITOR]
)
def test_others_neither_see_it_nor_stop_anything(client, session, role):
    browser = signed_in_with(client, session, *([role] if role else []))

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
    done = [(entry.role, entry.action) for entry in entries(session, most=5)]
    assert done == [
        (DoneAs.ADMINISTRATOR, Action.POSTING_RELEASED),
        (DoneAs.ADMINISTRATOR, Action.POSTING_STOPPED),
    ]


def test_administrators_hear_on_every_page_of_what_stays(session, admin, app):
    stop_publishing(session, StopCause.RESTORED)
    session.commit()

    assert "put back from a copy" in admin.get("/shares").get_data(as_text=True)

    colleague = signed_in(app.test_client(), session, make_person(session))
    assert "put back" not in colleague.get("/shares").get_data(as_text=True)
