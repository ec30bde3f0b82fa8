"""Doubts that are some time old, and networks that promise something else."""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import update

from advocacy.outside import LINKEDIN
from advocacy.shares.models import PublishAttempt
from integrations.clock import now
from integrations.network import DayLimits

UNLIMITED = DayLimits()


@dataclass
class Other:
    """The same network with other promises."""

    network: object
    repeat_is_safe: bool = False
    day_limits: DayLimits = UNLIMITED

    def __getattr__(self, name):
        return getattr(self.network, name)


def promising(station, **promises):
    network = Other(station.outside.networks[LINKEDIN], **promises)
    outside = replace(station.outside, networks={LINKEDIN: network})
    return replace(station, outside=outside)


def ago(session, share, seconds):
    earlier = now() - timedelta(seconds=seconds)
    session.execute(
        update(PublishAttempt)
        .where(PublishAttempt.share_id == share.id)
        .values(armed_at=earlier)
    )
    session.commit()
