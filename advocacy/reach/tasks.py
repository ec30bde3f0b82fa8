"""The clock's job: release what is due, then open the windows that begin."""

import structlog

from advocacy.links import tasks as links
from advocacy.reach.batches import NotReleasable, due_batches
from advocacy.reach.drafts import Drafts, DraftUnfit, DraftUnreadable
from advocacy.reach.ledger import NotBooked
from advocacy.reach.opening import open_due
from advocacy.reach.release import release_batch
from integrations.clock import now
from integrations.database import transaction
from integrations.task_queue import worker_app

log = structlog.get_logger()


class _Here:
    """Where this process finds and leaves what was drawn."""

    drafts: Drafts


def open_drafts(drafts: Drafts) -> None:
    """Let this process's releases write there what they draw; without it there are none."""
    _Here.drafts = drafts


@worker_app.task(name="reach.release", acks_late=True)
def release() -> None:
    """Run every hour, and as often as one likes: what is done is not done again."""
    run_due_releases()


def run_due_releases() -> None:
    """Release the windows that ended, oldest first, and open those under way.

    Each table of each window has its own transaction: one that the ledger refuses holds
    up none of the others. Nothing is released again, so visits that are stored and not
    counted yet go first.
    """
    links.count()
    try:
        _release_due()
    finally:  # whatever is wrong with what is over, what is under way begins in time
        with transaction() as session:
            open_due(session, now().date())


def _release_due() -> None:
    with transaction() as session:
        due = due_batches(session, now())
    for batch in due:
        about = {"table": batch.table, "window": batch.window_start.isoformat()}
        try:
            with transaction() as session:
                figures = release_batch(session, batch, _Here.drafts)
        except NotBooked as error:
            log.warning("the ledger refuses figures", **about, why=str(error))
        except (DraftUnreadable, OSError) as error:
            # Drawing anew would be a second draw; somebody has to look at the disk.
            log.error("figures cannot be kept", **about, kind=type(error).__name__)  # noqa: TRY400
        except DraftUnfit as error:
            log.error("figures drawn before do not fit", **about, why=str(error))  # noqa: TRY400
        except NotReleasable as error:
            log.info("figures not released", **about, why=str(error))
        else:
            log.info("figures released", **about, count=len(figures))
