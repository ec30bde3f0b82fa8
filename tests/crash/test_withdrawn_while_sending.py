"""Consent withdrawn while the real worker has a post on the wire, and the worker killed."""

from sqlalchemy import func, select

from advocacy.accounts.models import Account
from advocacy.accounts.operations import forget_accounts
from advocacy.consent.models import Purpose
from advocacy.consent.operations import withdraw
from advocacy.people.models import Person
from advocacy.shares.last_token_rows import LastToken
from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason
from advocacy.withdrawal import withdrawal_steps
from integrations.clock import now
from integrations.database import transaction
from tests.crash.processes import wait_for

S = ShareState


def turn_off(sharing):
    with transaction() as session:
        person = session.get_one(Person, sharing.person.id)
        steps = withdrawal_steps(forget_accounts)
        withdraw(session, person, Purpose.POST_FOR_ME, "en", "a test", now(), steps)


def tokens():
    with transaction() as session:
        kinds = (Account, LastToken)
        return [session.scalar(select(func.count()).select_from(k)) for k in kinds]


def test_what_arrives_after_the_withdrawal_is_deleted_by_itself(
    place, sharing, sandbox
):
    place.worker()
    place.clock()
    sandbox.set_fault("slow")
    share_id = sharing.due()
    wait_for(lambda: sandbox.creates == 1, "the create call")

    turn_off(sharing)
    assert sharing.get(share_id).state is S.SENDING
    assert tokens() == [0, 1]

    sharing.becomes(share_id, S.REMOVED)
    assert sharing.get(share_id).reason == Reason.CONSENT_TOO_LATE
    assert [post["deleted"] for post in sandbox.posts()] == [True]
    wait_for(lambda: tokens() == [0, 0], "the token to be erased")
    assert sandbox.creates == 1


def test_a_worker_killed_after_the_withdrawal_leaves_a_doubt_and_no_token(
    place, sharing, sandbox
):
    worker = place.worker()
    place.clock()
    sandbox.set_fault("slow")
    share_id = sharing.due()
    wait_for(lambda: sandbox.creates == 1, "the create call")
    turn_off(sharing)

    worker.kill()
    assert tokens() == [0, 1]
    sharing.end_lease(share_id)
    with transaction() as session:
        session.get_one(LastToken, share_id).until = now()
    place.worker()

    wait_for(lambda: tokens() == [0, 0], "the token to be erased")
    sharing.becomes(share_id, S.UNCERTAIN)
    assert sharing.get(share_id).reason == Reason.WORKER_LOST
    assert sandbox.creates == 1
