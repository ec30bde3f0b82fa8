"""Counting all there is: what waited on the disk, then what is in the database."""

from advocacy.links.rollup import (
    add_batch,
    count_batches,
    forget_numbers,
    next_generation,
)
from advocacy.links.spool import Spool
from integrations.database import transaction


def count_visits(spool: Spool | None) -> None:
    """Run as often as one likes, also twice at once. Without a spool nothing is on a disk."""
    if spool is not None:
        store_kept(spool)
    with transaction() as session:
        generation = next_generation(session)
    more = True
    while more:
        with transaction() as session:
            more = count_batches(session, generation)
    if spool is None or not spool.count():
        with transaction() as session:
            forget_numbers(session, generation)


def store_kept(spool: Spool) -> None:
    """Put into the database what waits on the disk; each batch has its own transaction."""
    for batch_id, visits in spool.waiting():
        with transaction() as session:
            add_batch(session, batch_id, visits)
        spool.forget(batch_id)
