"""The usual end of an attempt, stored by one statement (reliability.md 2.4, 8).

The post is live, its address is known, and nothing else happened: so it goes with nearly
all, and a burst has thousands. `settling` knows every other case, and this one as well.
"""

import structlog
from sqlalchemy import Connection, text

from advocacy.shares.attempted import Attempted
from advocacy.shares.models import ShareState
from advocacy.shares.outcomes import Outcome
from integrations.network import Network

log = structlog.get_logger()


def is_usual(attempted: Attempted, outcome: Outcome) -> bool:
    """Whether the answer itself leaves nothing to be weighed."""
    return outcome.state is ShareState.PUBLISHED and not attempted.is_probe


def store_usual_end(
    database: Connection, attempted: Attempted, outcome: Outcome, network: Network
) -> bool:
    """False when anything else is true of the share by now; then nothing is changed."""
    if outcome.post_id is None:
        return False
    stored = database.scalar(
        _STORE,
        {
            "share": attempted.share_id,
            "n": attempted.n,
            "owner": attempted.owner,
            "network": attempted.network,
            "post_id": outcome.post_id,
            "post_address": network.post_address(outcome.post_id),
            "answer": outcome.code,
        },
    )
    if stored is not None:
        log.info("attempt_settled", share=stored, status=outcome.state)
    return stored is not None


# A share in `sending` with our mark has no later attempt, so that nothing more need be
# locked to be sure of it. A pause has to be forgotten, and an owner who pressed stop told.
_STORE = text(
    f"""
    WITH moved AS (
        UPDATE share
        SET state = '{ShareState.PUBLISHED}', changed_at = clock_timestamp(),
            posted_at = coalesce(posted_at, clock_timestamp()),
            post_id = :post_id, post_address = :post_address,
            body = NULL, body_sha256 = NULL, lease_owner = NULL, lease_until = NULL,
            woken_at = NULL, crash_count = 0, reason = ''
        WHERE id = :share AND state = '{ShareState.SENDING}' AND lease_owner = :owner
            AND NOT stop_requested
            AND EXISTS (
                SELECT FROM publish_attempt
                WHERE share_id = :share AND n = :n AND worker = :owner
                    AND outcome IS NULL
            )
            AND NOT EXISTS (SELECT FROM publishing_pause WHERE network = :network)
            AND NOT EXISTS (
                SELECT FROM share AS other
                WHERE other.network = :network AND other.post_id = :post_id
            )
        RETURNING id
    )
    UPDATE publish_attempt
    SET outcome = '{ShareState.PUBLISHED}', closed_at = clock_timestamp(),
        answer = :answer
    FROM moved
    WHERE share_id = moved.id AND n = :n
    RETURNING share_id
    """  # noqa: S608 – our own words, no parameter
)
