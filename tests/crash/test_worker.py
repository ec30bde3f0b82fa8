"""The real worker and clock, and what is left when one of them or the broker dies."""

import signal
import socket
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from advocacy.access_log.queries import switch_history
from advocacy.accounts.queries import account_of
from advocacy.shares.models import ShareState
from advocacy.shares.operations import queue_share
from advocacy.shares.reasons import Reason
from advocacy.shares.wishes import ShareWish
from content.media import Media, MediaKind
from integrations.clock import now
from integrations.database import transaction
from tests.advocacy.shares.making import TERMS, consent_of, make_item, queue
from tests.crash.processes import wait_for

S = ShareState


def test_a_share_leaves_by_itself_when_its_hold_is_over(place, sharing, sandbox):
    place.worker()
    place.clock()
    terms = replace(TERMS, hold_seconds=3)
    with transaction() as session:
        item = make_item(session)
        wish = ShareWish("Tower 41 (at last)")
        share = queue_share(session, sharing.person, item, wish, now(), terms=terms)

    sharing.becomes(share.id, S.PUBLISHED)

    [post] = sandbox.posts()
    assert post["text"] == "Tower 41 (at last)"
    late = sharing.get(share.id).posted_at - share.due_at
    assert timedelta(0) < late < timedelta(seconds=20)


def test_how_switches_stand_is_written_down_once_for_all_workers(place, sharing):
    for _twice in range(2):
        place.worker()

    with transaction() as session:
        names = [one.name for one in switch_history(session)]
    assert "PROBE_DOUBTS" in names
    assert len(names) == len(set(names))


def test_two_workers_and_two_clocks_post_each_share_once(place, sharing, sandbox):
    for _twice in range(2):
        place.worker()
        place.clock()

    shares = [sharing.due(f"Number {number}.") for number in range(20)]

    for share_id in shares:
        sharing.becomes(share_id, S.PUBLISHED)
    assert sandbox.creates == 20
    assert len({post["text"] for post in sandbox.posts()}) == 20


def test_a_worker_killed_in_the_middle_of_a_post_leaves_a_doubt(
    place, sharing, sandbox
):
    worker = place.worker()
    clock = place.clock()
    sandbox.set_fault("slow")
    share_id = sharing.due()
    wait_for(lambda: sandbox.creates == 1, "the create call")

    worker.kill()
    assert sharing.get(share_id).state is S.SENDING
    sharing.end_lease(share_id)
    place.worker()

    sharing.becomes(share_id, S.UNCERTAIN)
    assert sharing.get(share_id).reason == Reason.WORKER_LOST
    # The network took it in the end; nothing of ours asks it a second time.
    wait_for(sandbox.posts, "the slow network")
    assert sharing.get(share_id).state is S.UNCERTAIN
    assert len(sandbox.posts()) == 1
    assert sandbox.creates == 1
    assert not clock.dead


def test_a_worker_killed_before_it_sent_anything_is_made_up_for(
    place, sharing, sandbox
):
    """Found `preparing` with nobody at it: the next worker posts it, once."""
    share_id = sharing.due()
    with transaction() as session:
        share = session.merge(sharing.get(share_id))
        share.state = S.PREPARING
        share.lease_owner, share.lease_until = "killed/1", now()

    place.worker()
    place.clock()

    sharing.becomes(share_id, S.PUBLISHED)
    assert len(sandbox.posts()) == 1


def test_what_a_dead_worker_prepared_waits_for_no_lease(place, sharing, sandbox):
    """Uploads may take ten minutes; nobody waits for a worker that is known dead."""
    dead = place.worker()
    dead.kill()
    share_id = sharing.due()
    with transaction() as session:
        share = session.merge(sharing.get(share_id))
        share.state = S.PREPARING
        share.lease_owner = f"{socket.gethostname()}:{dead.child.pid}:0/1"
        share.lease_until = now() + timedelta(minutes=10)

    place.worker()
    place.clock()

    sharing.becomes(share_id, S.PUBLISHED)
    assert len(sandbox.posts()) == 1


def test_a_worker_asked_to_stop_finishes_its_post(place, sharing, sandbox):
    worker = place.worker()
    place.clock()
    sandbox.set_fault("slow")
    share_id = sharing.due()
    wait_for(lambda: sandbox.creates == 1, "the create call")

    worker.send(signal.SIGTERM)

    wait_for(lambda: worker.dead, "the worker to end")
    assert sharing.get(share_id).state is S.PUBLISHED
    assert worker.child.returncode == 0
    assert len(sandbox.posts()) == 1


def test_a_share_goes_out_when_the_broker_is_back(place, sharing, sandbox, broker):
    place.worker()
    place.clock()
    before = sharing.due("Before.")
    sharing.becomes(before, S.PUBLISHED)

    broker.kill()  # and with it every message: nothing is kept on disk
    while_away = sharing.due("While it was away.")
    wait_for(lambda: "Connection" in place.started[0].output, "the worker to notice")
    assert sharing.get(while_away).state is S.SCHEDULED
    broker.start()

    sharing.becomes(while_away, S.PUBLISHED)
    assert len(sandbox.posts()) == 2


def test_no_log_holds_a_token_a_text_or_an_address_of_a_person(place, sharing, sandbox):
    worker, clock = place.worker(), place.clock()
    ids = [sharing.due("A sentence nobody else may read.")]
    sandbox.set_fault("expired_token")
    sharing.becomes(ids[0], S.NEEDS_RECONNECT)

    written = worker.output + clock.output
    access = sandbox.access_for(sharing.person.email)
    for secret in (access.token, "nobody else", sharing.person.email, "pretend-secret"):
        assert secret not in written
    assert "Traceback" not in written


def test_what_is_done_hourly_is_done_when_a_worker_starts(place, sharing):
    """A consent nobody renewed for a year takes its planned share along."""
    long_ago = now() - timedelta(days=367)
    with transaction() as session:
        consent_of(session, sharing.person).since = long_ago
        planned = queue(session, sharing.person, make_item(session)).id
        upload = Media(
            kind=MediaKind.PICTURE,
            stored_name="0" * 32 + ".jpg",
            content_type="image/jpeg",
            width=1,
            height=1,
            size_bytes=1,
            sha256="",
            created_at=long_ago,
        )
        session.add(upload)

    place.worker()

    sharing.becomes(planned, S.CANCELLED)
    assert sharing.get(planned).reason == Reason.CONSENT
    with transaction() as session:
        assert account_of(session, sharing.person.id, "linkedin") is None
    wait_for(lambda: not loose_uploads(), "the upload to be forgotten")


def loose_uploads():
    with transaction() as session:
        return session.scalars(select(Media.id)).all()


def test_wrong_settings_are_named_and_nothing_starts(place):
    place.environment["BASE_URL"] = ""
    process = place._celery("worker", "worker")  # noqa: SLF001
    wait_for(lambda: process.dead, "the worker to give up")
    assert "BASE_URL is missing" in process.output
    assert "Traceback" not in process.output
    assert process.child.returncode != 0


@pytest.mark.parametrize("what", ["data", "data/outcomes", "data/media"])
def test_a_worker_that_could_not_keep_an_answer_does_not_start(place, what):
    """Found out at once, and not when the database is away."""
    in_the_way = place.folder / what
    in_the_way.parent.mkdir(exist_ok=True)
    in_the_way.write_text("a file where there should be a folder")

    process = place._celery("worker", "worker")  # noqa: SLF001

    wait_for(lambda: process.dead, "the worker to give up")
    assert "the worker cannot start" in process.output
    assert what in process.output
    assert "Traceback" not in process.output
    assert process.child.returncode != 0
