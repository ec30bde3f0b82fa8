"""From prepared to armed: the last look before a post is on the wire (2.4, 3-6)."""

import hashlib
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import ColumnElement, Connection, Update, func, select, text, update
from sqlalchemy.orm import Session

from advocacy.consent.models import Purpose
from advocacy.shares.attempted import Attempted
from advocacy.shares.claiming import LEASE, Claim
from advocacy.shares.models import IN_HAND, Share, ShareState
from advocacy.shares.repeat_window import in_repeat_window
from content.items import ItemState

# After half the lease a worker that slept does not send any more (2.4, 6).
DEADLINE = LEASE / 2
# Where there is one statement to run, a bare connection does it for half the time.
Database = Session | Connection


@dataclass(frozen=True)
class Armed:
    """One attempt. From here on only evidence ends the doubt."""

    claim: Claim
    n: int
    send_before: float  # on the monotonic clock
    lease_ends: float  # the same
    waited: float  # seconds, for locks that others held

    @property
    def attempted(self) -> Attempted:
        """What an outcome is stored by, even after this process."""
        claim = self.claim
        return Attempted(
            share_id=claim.share_id,
            n=self.n,
            owner=claim.owner,
            network=claim.network,
            tries=claim.tries,
            connected_at=claim.connected_at,
            is_probe=claim.is_probe,
            who=claim.payer.who,
            day=claim.payer.day,
        )


def freeze_body(database: Database, claim: Claim, body: bytes) -> bool:
    """Store exactly what would be sent; False when the share is no longer ours."""
    return bool(
        database.scalar(
            _FREEZE,
            {
                "share": claim.share_id,
                "owner": claim.owner,
                "body": body,
                "sha256": _hash(body),
            },
        )
    )


_FREEZE = text(
    f"""
    UPDATE share
    SET state = '{ShareState.READY}', changed_at = clock_timestamp(),
        body = :body, body_sha256 = :sha256
    WHERE id = :share AND lease_owner = :owner AND state = '{ShareState.PREPARING}'
    RETURNING id
    """  # noqa: S608 – our own words, no parameter
)


def renew_lease(session: Session, claim: Claim) -> bool:
    """Have it in hand as long as at first; False when it is no longer ours."""
    renewed = (
        update(Share)
        .where(
            *_mine(claim, ShareState.PREPARING),
            Share.lease_until > func.clock_timestamp(),
        )
        .values(lease_until=func.clock_timestamp() + claim.lease)
    )
    return _done(session, renewed)


def release(
    session: Session, claim: Claim, *, innocent: bool, at_once: bool = True
) -> None:
    """Put the share back if it is still ours; an innocent one as if it had not been
    touched. Unless `at_once`, it is taken again after `sweeper.WAKE_AGAIN` seconds.
    """
    if claim.is_probe:
        doubted = update(Share).where(*_mine(claim, ShareState.UNCERTAIN))
        _done(session, doubted.values(**let_go()))
        return
    _done(
        session,
        update(Share)
        .where(*_mine(claim, *IN_HAND))
        .values(
            put_back()
            | {
                "crash_count": Share.crash_count - (1 if innocent else 0),
                "next_at": func.clock_timestamp(),
                "woken_at": None if at_once else func.clock_timestamp(),
            }
        ),
    )


def let_go() -> dict[str, None]:
    """Nobody has the share in hand; what was frozen stays with it."""
    return {"lease_owner": None, "lease_until": None, "woken_at": None}


def put_back() -> dict[str, object]:
    """A share that was in hand and is scheduled again."""
    nothing: dict[str, object] = {"body": None, "body_sha256": None}
    return {"state": ShareState.SCHEDULED} | nothing | let_go()


def arm(database: Database, claim: Claim, body: bytes) -> Armed | None:
    """Note durably that we are about to send. None: somebody stopped it in time.

    Person, consent, item and account are held until this is stored: a withdrawal either
    is seen here, or finds the share in `sending`.
    """
    started = monotonic()
    if claim.is_probe and not _still_askable(database, claim):
        return None
    n = database.scalar(_ARM, _as_claimed(claim, body))
    if n is None:
        return None
    return Armed(
        claim,
        n,
        send_before=started + DEADLINE.total_seconds(),
        lease_ends=started + LEASE.total_seconds(),
        waited=monotonic() - started,
    )


def _as_claimed(claim: Claim, body: bytes) -> dict[str, object]:
    """What must still be so when it is armed."""
    return {
        "share": claim.share_id,
        "owner": claim.owner,
        "person": claim.person_id,
        "item": claim.item_id,
        "account": claim.account_id,
        "member": claim.access.member_id,
        "connected_at": claim.connected_at,
        "sha256": _hash(body),
        "before": ShareState.UNCERTAIN if claim.is_probe else ShareState.READY,
        "is_probe": claim.is_probe,
        "network": claim.network,
        "pause_until": claim.pause_until,
        "lease": LEASE,
    }


# One statement, as each way to the server and back costs time in a burst. What the post
# rests on is locked in the order in which others lock it: presses lock the person and
# then consent, withdrawals consent and then accounts and shares. Each step reads from
# the one before, so none begins earlier; an empty one ends it all.
_ARM = text(
    f"""
    WITH person_held AS (
        SELECT id FROM person WHERE id = :person AND left_on IS NULL
        FOR SHARE
    ), consent_held AS (
        SELECT epoch FROM consent, person_held
        WHERE person_id = person_held.id AND is_on
            AND purpose = '{Purpose.POST_FOR_ME}'
        FOR SHARE OF consent
    ), item_held AS (
        SELECT item.epoch AS content, consent_held.epoch AS consent
        FROM item, consent_held
        WHERE id = :item AND state = '{ItemState.PUBLISHED}'
            AND coalesce(expires_at > clock_timestamp(), true)
        FOR SHARE OF item
    ), account_held AS (  -- the token in hand is still the one that is connected
        SELECT content, consent FROM account, item_held
        WHERE id = :account AND member_id = :member
            AND connected_at = :connected_at AND refused_at IS NULL
        FOR SHARE OF account
    ), moved AS (
        UPDATE share
        SET state = '{ShareState.SENDING}', changed_at = clock_timestamp(),
            lease_until = clock_timestamp() + :lease
        FROM account_held
        WHERE id = :share AND lease_owner = :owner AND state = :before
            AND NOT stop_requested AND lease_until > clock_timestamp()
            AND body_sha256 = :sha256
            AND consent_epoch = consent AND content_epoch = content
            -- Stopped or paused since the claim.
            AND NOT EXISTS (SELECT FROM publishing_stop)
            AND NOT EXISTS (
                SELECT FROM publishing_pause
                WHERE network = :network AND until > clock_timestamp()
                    AND until IS DISTINCT FROM :pause_until
            )
        RETURNING id, consent_epoch, content_epoch
    )
    INSERT INTO publish_attempt (share_id, n, armed_at, worker, body_sha256,
        consent_epoch, content_epoch, is_probe, answer)
    SELECT id,
        1 + coalesce((SELECT max(n) FROM publish_attempt WHERE share_id = :share), 0),
        clock_timestamp(), :owner, :sha256, consent_epoch, content_epoch, :is_probe, ''
    FROM moved
    RETURNING n
    """  # noqa: S608 – our own words, no parameter
)


def _still_askable(database: Database, claim: Claim) -> bool:
    """Connecting took its time; another post must not come of a question."""
    asked = select(Share.id).where(Share.id == claim.share_id, in_repeat_window())
    return database.scalar(asked) is not None


def _done(session: Session, change: Update) -> bool:
    """Whether the guarded change met its row."""
    change = change.execution_options(synchronize_session=False)
    return bool(session.execute(change.returning(Share.id)).all())


def _mine(claim: Claim, *states: ShareState) -> tuple[ColumnElement[bool], ...]:
    return (
        Share.id == claim.share_id,
        Share.lease_owner == claim.owner,
        Share.state.in_(states),
    )


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
