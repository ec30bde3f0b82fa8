"""What the clock does every hour in slices that have no tasks of their own.

Each job looks at rows and may run twice: what is done is not found again.
"""

from datetime import timedelta

import structlog

from advocacy.accounts.operations import forget_ended
from advocacy.accounts.revoking import revoke_after_commit
from advocacy.consent.operations import expire_old
from advocacy.people.guessing import forget_old_tries
from advocacy.people.operations import forget_old_sign_ins
from advocacy.shares.station import opened_station
from advocacy.withdrawal import withdrawal_cascade
from content.uploads import forget_loose_uploads
from integrations.clock import now
from integrations.database import transaction
from integrations.task_queue import worker_app

log = structlog.get_logger()

LOOSE_UPLOADS_KEPT = timedelta(days=1)


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
    """Files of forms that were never sent."""
    files = opened_station().outside.files
    with transaction() as session:
        count = forget_loose_uploads(session, files, now() - LOOSE_UPLOADS_KEPT)
    log.info("uploads_forgotten", count=count)


@worker_app.task(name="people.forget", acks_late=True)
def forget_sign_ins() -> None:
    """Sign-ins that are over, and how often somebody typed a wrong password."""
    with transaction() as session:
        forget_old_sign_ins(session, now())
        forget_old_tries(session, now())
