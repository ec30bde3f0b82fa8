"""What the worker is woken up for. Messages carry an id at most and are only hints."""

from math import ceil

from celery import shared_task

from advocacy.accounts.revoking import revoke_after_commit
from advocacy.shares.budget import forget_old
from advocacy.shares.claiming import database_time
from advocacy.shares.dispatching import TOGETHER, publish_due
from advocacy.shares.last_tokens import erase_last_tokens
from advocacy.shares.late_deleting import delete_late, posts_to_delete
from advocacy.shares.probing import doubts_to_ask, probe_share
from advocacy.shares.station import Station, opened_station
from advocacy.shares.storing_outcomes import store_kept
from advocacy.shares.sweeper import count_due, sweep
from integrations.database import transaction
from integrations.task_queue import PUBLISH, send

PUBLISH_DUE = "shares.publish"
PROBE_SHARE = "shares.probe"
DELETE_LATE = "shares.delete_late"
# In one second. Any process may take a hint, and one that is at it already lets it go.
MOST_HINTS = 10


@shared_task(name=PUBLISH_DUE)
def publish(*_earlier: int) -> None:
    """Post what is due. Messages of an earlier version named a share."""
    publish_due(opened_station())


@shared_task(name="shares.wake")
def wake() -> None:
    """Every second: tell workers that something is due; the more, the more of them."""
    with transaction() as session:
        waiting = count_due(session, MOST_HINTS * TOGETHER)
    for _hint in range(ceil(waiting / TOGETHER)):
        if not send(PUBLISH_DUE, queue=PUBLISH):
            break  # the broker is away; the rows are asked again in a second


@shared_task(name="shares.sweep")
def sweep_shares() -> None:
    """Repair what lost workers and lost messages left."""
    # First: an answer that was kept says more than the end of its lease.
    station = opened_station()
    try:
        store_kept(station)
    finally:
        _sweep(station)


def _sweep(station: Station) -> None:
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
