"""Handing what is due to the threads that post.

Shares are taken in hand by the table, several in one transaction, and no more than there
are places for; messages only say that something is due.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from advocacy.shares.claiming import claim_shares
from advocacy.shares.publishing import post, publish_share
from advocacy.shares.renewing import waiting_for_tokens
from advocacy.shares.station import Station
from advocacy.shares.sweeper import count_crash, due_shares
from integrations.database import transaction

# Taken in hand by one transaction; the next asks again, so workers share the work.
TOGETHER = 40


def publish_due(station: Station) -> None:
    """Post all that is due, as many at once as this process has places for.

    Ends when nothing is left to take in hand. Run beside itself, it ends at once.
    """
    crew = station.crew
    if not crew.leading.acquire(blocking=False):
        return
    try:
        while not station.stopping() and (_begin_some(station) or _one_alone(station)):
            pass
    finally:
        crew.leading.release()


def _begin_some(station: Station) -> bool:
    """Take some in hand; False when none was due."""
    places, begun = station.crew.take_places(TOGETHER), 0
    try:
        ids = _due(station, places) if places else []
        for one in _posts(ids, station):
            station.crew.start(one)
            begun += 1
    finally:
        station.crew.free_places(places - begun)
    return bool(ids)


def _one_alone(station: Station) -> bool:
    """Post one that was in hand at several crashes; False when there is none.

    Alone, so that one that makes the process crash takes no others along (2.4, poison).
    """
    suspects = _due(station, 1, suspects=True)
    for share_id in suspects:
        with station.crew.alone() as alone, counting_crashes([share_id]):
            if alone:
                publish_share(share_id, station)
    return bool(suspects)


def _due(station: Station, most: int, *, suspects: bool = False) -> list[int]:
    """Marked in a transaction of its own: should one of them break the next, others are
    taken before it comes again.
    """
    with transaction() as session:
        return due_shares(
            session, most, suspects=suspects, per_second=station.posts_per_second
        )


def _posts(ids: Sequence[int], station: Station) -> Sequence[Callable[[], None]]:
    if not ids:
        return []
    with counting_crashes(ids), transaction() as session:
        # Renewing is a call to the network: each of these waits for its own.
        later = waiting_for_tokens(session, ids)
        at_once = [one for one in ids if one not in later]
        claims = claim_shares(session, at_once, station)
    posts = [partial(post, claim, station) for claim in claims]
    return posts + [partial(publish_share, one, station) for one in later]


@contextmanager
def counting_crashes(share_ids: Sequence[int]) -> Iterator[None]:
    """A claim that breaks counts as one at which a worker died: it may be poison."""
    ended_well = False
    try:
        yield
        ended_well = True
    finally:
        if not ended_well:
            with transaction() as session:
                count_crash(session, share_ids)
