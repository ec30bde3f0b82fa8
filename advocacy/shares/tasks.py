"""What the worker is woken up for. Messages carry an id at most and are only hints."""

from celery import shared_task

from advocacy.accounts.revoking import revoke_after_commit
from advocacy.shares.budget import forget_old
from advocacy.shares.claiming import database_time
from advocacy.shares.last_tokens import erase_last_tokens
from advocacy.shares.late_deleting import delete_late, posts_to_delete
from advocacy.shares.probing import doubts_to_ask, probe_share
from advocacy.shares.publishing import publish_share
from advocacy.shares.station import opened_station
from advocacy.shares.storing_outcomes import store_kept
from advocacy.shares.sweeper import due_shares, sweep
from integrations.database import transaction
from integrations.task_queue import PUBLISH, send

PUBLISH_SHARE = "shares.publish"
PROBE_SHARE = "shares.probe"
DELETE_LATE = "shares.delete_late"


@shared_task(name=PUBLISH_SHARE)
def publish(share_id: int) -> None:
    """Post one share, if it is due and nobody else has it in hand."""
    publish_share(share_id, opened_station())


@shared_task(name="shares.wake")
def wake() -> None:
    """Every second: tell the workers what is due."""
    per_second = opened_station().posts_per_second
    with transaction() as session:
        due = due_shares(session, per_second=per_second)
    for share_id in due:
        if not send(PUBLISH_SHARE, share_id, queue=PUBLISH):
            break  # the broker is away; the rows are asked again in a while


@shared_task(name="shares.sweep")
def sweep_shares() -> None:
    """Repair what lost workers and lost messages left."""
    # First: an answer that was kept says more than the end of its lease.
    station = opened_station()
    store_kept(station)
    with transaction() as session:
        sweep(session)
        doubts = doubts_to_ask(session, station)
        unwanted = posts_to_delete(session)
    wanted = [(PROBE_SHARE, one) for one in doubts]
    for name, share_id in [*wanted, *((DELETE_LATE, one) for one in unwanted)]:
        if not send(name, share_id, queue=PUBLISH):
            break


@shared_task(name=PROBE_SHARE)
def probe(share_id: int) -> None:
    """Ask the network what became of a share in doubt, if that is allowed."""
    probe_share(share_id, opened_station())


@shared_task(name=DELETE_LATE)
def delete_stopped(share_id: int) -> None:
    """Delete a post whose owner stopped it while it was being sent."""
    delete_late(share_id, opened_station().outside)


@shared_task(name="shares.erase_tokens")
def erase_tokens() -> None:
    """Tokens that were kept for a deletion: at the end of the lease they go, whatever
    became of the post and of the worker that sent it.
    """
    outside = opened_station().outside
    with transaction() as session:
        erase_last_tokens(session)
        revoke_after_commit(session, outside.vault, outside.sign_ons)


@shared_task(name="shares.forget", acks_late=True)
def forget() -> None:
    """Every hour: counts of days that are over."""
    with transaction() as session:
        forget_old(session, database_time(session).date())
