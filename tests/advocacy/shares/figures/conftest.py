"""A worker with the app that reads figures, and a post that has some."""

import pytest

from advocacy.shares.publishing import publish_share
from tests.advocacy.shares.figures.reading import A_DAY, outside_with
from tests.advocacy.shares.making import queue_due


@pytest.fixture
def outside(station, sandbox):
    return outside_with(station, sandbox)


@pytest.fixture
def posted(session, person, item, station, sandbox):
    """A post of two days ago, by the network's clock."""
    share = queue_due(session, person, item)
    session.commit()
    publish_share(share.id, station)
    session.refresh(share)
    for post in sandbox.memory.posts.values():
        post.received_at -= 2 * A_DAY.total_seconds()
    return share
