"""What the clock does every hour in slices that have no tasks of their own.

Each job looks at rows and may run twice: what is done is not found again.
"""

from collections.abc import Callable

import structlog
from sqlalchemy.orm import Session

from advocacy.access_log.operations import forget_old_entries
from advocacy.accounts.operations import forget_ended
from advocacy.accounts.revoking import revoke_after_commit
from advocacy.consent.operations import expire_old
from advocacy.links.retention import end_links, fold_days, take_people_off
from advocacy.people.guessing import forget_old_tries
from advocacy.people.sign_ins import forget_old_sign_ins
from advocacy.reach.tasks import run_due_releases
from advocacy.shares.retention import forget_old_shares
from advocacy.shares.station import opened_station
from advocacy.withdrawal import withdrawal_cascade
from content.loose_uploads import LOOSE_UPLOADS_KEPT, forget_loose_uploads
from integrations.clock import now
from integrations.database import transaction
from integrations.task_queue import worker_app

log = structlog.get_logger()


@worker_app.task(name="consent.expire", acks_late=True)
def expire_consents() -> None:
    """Silence after twelve months means off, with everything that rested on it."""
    cascade = withdrawal_cascade(opened_station().outside)
    with transaction() as session:
        count = expire_old(session, now(), cascade)
    log.info("consents_expired", count=count)


@worker_app.task(name="accounts.forget", acks_late=True)
def forget_ended_accounts() -> None:
    """Tokens that are over and connecting rounds nobody finished."""
    outside = opened_station().outside
    with transaction() as session:
        forget_ended(session, now())
        revoke_after_commit(session, outside.vault, outside.sign_ons)


@worker_app.task(name="content.forget_uploads", acks_late=True)
def forget_uploads() -> None:
    """Files of forms that were never sent, and what nobody finished storing."""
    files = opened_station().outside.files
    with transaction() as session:
        count = forget_loose_uploads(session, files, now() - LOOSE_UPLOADS_KEPT)
    log.info("uploads_forgotten", count=count + files.forget_unfinished())


@worker_app.task(name="people.forget", acks_late=True)
def forget_sign_ins() -> None:
    """Sign-ins that are over, and how often somebody typed a wrong password."""
    with transaction() as session:
        forget_old_sign_ins(session, now())
        forget_old_tries(session, now())


@worker_app.task(name="access_log.forget", acks_late=True)
def forget_accesses() -> None:
    """What administrators did more than thirteen months ago."""
    with transaction() as session:
        count = forget_old_entries(session)
    log.info("accesses_forgotten", count=count)


@worker_app.task(name="links.forget", acks_late=True)
def forget_visits() -> None:
    """Links that are over, whose they were, and on which day they were visited.

    After a long stop a window may still need its days: it is released first.
    """
    run_due_releases()
    _until_none(lambda session: end_links(session, now()))
    _until_none(lambda session: take_people_off(session, now()))
    _until_none(lambda session: fold_days(session, now().date()))


@worker_app.task(name="shares.forget_old", acks_late=True)
def forget_shares() -> None:
    """Shares of more than a year ago; figures that need them are released first."""
    run_due_releases()
    _until_none(lambda session: forget_old_shares(session, now()))


def _until_none(do_a_part: Callable[[Session], int]) -> None:
    found = 1
    while found:
        with transaction() as session:
            found = do_a_part(session)
