"""What administrators see of the service: never whose, never what."""

from datetime import timedelta
from uuid import uuid4

import pytest

from advocacy.links.batches import VisitLoss
from advocacy.links.spool import Spool
from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.restoring import ALIVE
from advocacy.watch.heartbeats import CLOCK, WORKER, note
from advocacy.watch.report import lines
from advocacy.watch.state import service_state
from advocacy.watch.words import parked_words
from integrations.clock import now
from tests.advocacy.library.reading import words
from tests.advocacy.shares.making import put_into
from tests.advocacy.watch.watched import SECRET, somebodys

R = Reason


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
    assert "of the oldest post that is due</th><td>3 minutes</td>" in page
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


def test_doubts_with_one_cause_are_counted_once(session, admin):
    share = somebodys(session)
    share.state, share.reason = ShareState.UNCERTAIN, Reason.NO_ANSWER
    session.commit()

    said = words(admin.get("/service"))

    assert "In doubt: no clear answer came 1" in said
    assert "Posts in doubt, whose owners are asked" not in said


# A share with these has ended, and waits for nobody.
ENDED = {R.REFUSED, R.DUPLICATE, R.TOO_LONG, R.MEDIA_GONE, R.MEDIA_REFUSED, R.POISON}
CANCELLED = {R.UNDONE, R.TAKEN_OFF, R.NOT_THERE, R.CONSENT, R.LEFT, R.UNCONFIRMED}
CHANGED = {R.ITEM_WITHDRAWN, R.ITEM_EXPIRED, R.ITEM_CHANGED, R.MENTION_CHANGED}
LIVE = {R.NO_ID, R.SAID_SO}
NOT_TOLD_APART = {R.CONSENT_TOO_LATE}  # from what was stopped


@pytest.mark.parametrize(
    "reason", sorted(set(Reason) - ENDED - CANCELLED - CHANGED - LIVE - NOT_TOLD_APART)
)
def test_every_reason_to_wait_has_its_words(app, reason):
    with app.test_request_context():
        unknown = parked_words(ShareState.SCHEDULED, "no such reason")
        assert parked_words(ShareState.NEEDS_RECONNECT, reason) != unknown
