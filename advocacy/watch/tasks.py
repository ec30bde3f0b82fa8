"""Heartbeats that are written from inside an executed task: only work proves work."""

from datetime import timedelta

from celery import shared_task

from advocacy.shares.claiming import database_time
from advocacy.watch.heartbeats import CLOCK, WORKER, forget_silent, note
from integrations.database import transaction

KEPT = timedelta(days=1)


@shared_task(name="watch.canary")
def canary(host: str, process: str) -> None:
    """A worker's message to itself arrived."""
    with transaction() as session:
        note(session, WORKER, host, process)


@shared_task(name="watch.clock")
def clock(host: str) -> None:
    """The clock of that machine ticks, and some worker hears it."""
    with transaction() as session:
        note(session, CLOCK, host, "")


@shared_task(name="watch.forget", acks_late=True)
def forget() -> None:
    """Every hour: processes that have been gone for a day."""
    with transaction() as session:
        forget_silent(session, database_time(session) - KEPT)
