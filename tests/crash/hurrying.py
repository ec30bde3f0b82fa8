"""Setting a child's pace. Only lengths of time change: the steps are the product's own."""

from datetime import timedelta

from advocacy import worker
from advocacy.shares import arming, claiming, sweeper
from integrations.linkedin.settings import LinkedInSettings
from tests.crash.pace import Pace


def set_pace(pace: Pace) -> None:
    """Before Celery starts."""
    lease = timedelta(seconds=pace.lease)
    claiming.LEASE = arming.LEASE = lease
    arming.DEADLINE = lease / 2
    sweeper.WAKE_AGAIN = pace.wake_again
    patience = LinkedInSettings.__dataclass_fields__["patience"].default
    object.__setattr__(patience, "answer", pace.answer)
    object.__setattr__(patience, "blind", pace.blind)
    for line, seconds in (("wake", pace.wake), ("sweep", pace.sweep)):
        worker.app.conf.beat_schedule[line]["schedule"] = seconds
