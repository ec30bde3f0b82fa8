"""Nothing leaves for a network that is paused."""

from sqlalchemy.orm import Session

from advocacy.outside import LINKEDIN
from advocacy.shares.models import PublishingPause


def pause(session: Session, until, network: str = LINKEDIN) -> None:
    """As after the answer that our version is gone."""
    session.add(PublishingPause(network=network, until=until, reason="426"))
    session.flush()
