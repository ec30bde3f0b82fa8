"""How many visits neither the database nor the disk took; written down when either does."""

from collections import Counter

import structlog

from advocacy.links.batches import NOBODYS, Batch, Visit

log = structlog.get_logger()


class Losses:
    """What is not written down yet. Callers take turns."""

    def __init__(self) -> None:
        self.waiting: Counter[Visit] = Counter()

    def add(self, batch: Batch, reason: str) -> None:
        """Tell the operator how many, never of which link."""
        self.waiting.update(batch.losses)
        self.waiting.update((NOBODYS, day, reason) for _code, day, _ in batch.visits)
        if batch.visits:
            log.warning("visits_lost", count=len(batch.visits), reason=reason)

    def put_into(self, batch: Batch) -> None:
        """Let this batch carry them."""
        batch.losses, self.waiting = self.waiting, Counter()
