"""How long a network knows a post again: only then may a doubt be asked about (2.2)."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, select

from advocacy.shares.models import PublishAttempt, Share, ShareState

# The first attempt's call is over then, and what was out of order may be in order again.
EARLIEST = timedelta(seconds=30)
# The network's ten minutes, less the minute that may go by between arming and sending.
LATEST = timedelta(minutes=9)


def in_repeat_window() -> ColumnElement[bool]:
    """Part of a query over shares: the first sending of the frozen body is in doubt, and
    neither too young nor too old.
    """
    at = func.clock_timestamp()
    first = select(PublishAttempt.id).where(
        PublishAttempt.share_id == Share.id,
        PublishAttempt.body_sha256 == Share.body_sha256,
        PublishAttempt.is_probe.is_(False),
        PublishAttempt.outcome == ShareState.UNCERTAIN.value,
        PublishAttempt.armed_at.between(at - LATEST, at - EARLIEST),
    )
    return first.exists()
