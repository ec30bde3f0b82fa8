"""How long a worker has a share: two minutes without files, and what is left of them."""

from datetime import timedelta

from advocacy.shares.claiming import database_time
from tests.advocacy.shares.making import stored

SECOND = timedelta(seconds=1)
LEASE = 120 * SECOND


def lease_left(session, share):
    """As its row and the clock of the database say."""
    return stored(session, share).lease_until - database_time(session)
