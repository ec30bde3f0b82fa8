"""The clock's job: counting the visits that were stored."""

from celery import shared_task

from advocacy.links.counting import count_visits
from advocacy.links.spool import Spool


class _Here:
    """Where this process finds visits that wait on the disk."""

    spool: Spool | None = None


def open_spool(spool: Spool) -> None:
    """Let this process's tasks look there."""
    _Here.spool = spool


@shared_task(name="links.count")
def count() -> None:
    """Every ten seconds: whatever is stored by now is counted when this comes back, and
    appears in the figures of the links' owners.
    """
    count_visits(_Here.spool)
