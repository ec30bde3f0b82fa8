"""The clock's job: release what is due, then open the window that begins."""

import structlog

from advocacy.links.tasks import count_visits
from advocacy.reach.head_counts import open_window
from advocacy.reach.ledger import BudgetSpent
from advocacy.reach.queries import unreleased_windows
from advocacy.reach.release import NotReleasable, release_window
from integrations.clock import now
from integrations.database import transaction
from integrations.task_queue import worker_app

log = structlog.get_logger()


@worker_app.task(name="reach.release", acks_late=True)
def release() -> None:
    """Run every hour, and as often as one likes: what is done is not done again."""
    run_due_releases()


def run_due_releases() -> None:
    """Release the windows that ended, oldest first, and open the one under way.

    Each has its own transaction: a window the ledger refuses holds up none of the others.
    Nothing is released again, so visits that are stored and not counted yet go first.
    """
    count_visits()
    with transaction() as session:
        due = unreleased_windows(session, now())
    for window in due:
        try:
            with transaction() as session:
                release_window(session, window.start)
        except BudgetSpent:
            log.warning("no budget left for figures", window=window.start.isoformat())
        except NotReleasable:
            log.info("another worker was first", window=window.start.isoformat())
        else:
            log.info("figures released", window=window.start.isoformat())
    with transaction() as session:
        open_window(session, now().date())
