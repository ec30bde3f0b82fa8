"""From prepared to armed: the last look before a post is on the wire (2.4, 3-6)."""

import hashlib
from dataclasses import dataclass
from time import monotonic

from sqlalchemy import ColumnElement, Update, func, select, text, true, update
from sqlalchemy.orm import Session

from advocacy.accounts.models import Account
from advocacy.consent.models import Purpose
from advocacy.consent.queries import epoch_held
from advocacy.people.models import Person
from advocacy.shares.attempted import Attempted
from advocacy.shares.claiming import LEASE, Claim
from advocacy.shares.models import IN_HAND, PublishAttempt, Share, ShareState
from advocacy.shares.repeat_window import in_repeat_window
from advocacy.shares.service_rows import PublishingStop
from content.items import Item, ItemState

# After half the lease a worker that slept does not send any more (2.4, 6).
DEADLINE = LEASE / 2


@dataclass(frozen=True)
class Armed:
    """One attempt. From here on only evidence ends the doubt."""

    claim: Claim
    n: int
    send_before: float  # on the monotonic clock
    lease_ends: float  # the same

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
        )


@dataclass(frozen=True)
class _Epochs:
    """The answer and the content that stand at this moment."""

    consent: int
    content: int


def freeze_body(session: Session, claim: Claim, body: bytes) -> bool:
    """Store exactly what would be sent; False when the share is no longer ours."""
    return _done(
        session,
        update(Share)
        .where(*_mine(claim, ShareState.PREPARING))
        .values(state=ShareState.READY, body=body, body_sha256=_hash(body)),
    )


def release(session: Session, claim: Claim, *, innocent: bool) -> None:
    """Put the share back; an innocent one as if it had not been touched."""
    if claim.is_probe:
        doubted = update(Share).where(*_mine(claim, ShareState.UNCERTAIN))
        _done(session, doubted.values(**let_go()))
        return
    _done(
        session,
        update(Share)
        .where(*_mine(claim, *IN_HAND))
        .values(
            **put_back(),
            crash_count=Share.crash_count - (1 if innocent else 0),
            next_at=func.clock_timestamp(),
        ),
    )


def let_go() -> dict[str, None]:
    """Nobody has the share in hand; what was frozen stays with it."""
    return {"lease_owner": None, "lease_until": None, "woken_at": None}


def put_back() -> dict[str, object]:
    """A share that was in hand and is scheduled again."""
    nothing: dict[str, object] = {"body": None, "body_sha256": None}
    return {"state": ShareState.SCHEDULED} | nothing | let_go()


def arm(session: Session, claim: Claim, body: bytes) -> Armed | None:
    """Note durably that we are about to send. None: somebody stopped it in time.

    Person, consent, item and account are held until we commit: a withdrawal either is
    seen here, or finds the share in `sending`.
    """
    started = monotonic()
    session.execute(text("SET LOCAL synchronous_commit = on"))
    held = _held(session, claim)
    if held is None or not _to_sending(session, claim, body, held):
        return None
    attempt = _attempt(session, claim, body, held)
    ends = started + LEASE.total_seconds()
    return Armed(claim, attempt.n, started + DEADLINE.total_seconds(), ends)


def _held(session: Session, claim: Claim) -> _Epochs | None:
    """Everything the post rests on, in the order in which others lock it.

    Presses lock the person and then consent; withdrawals consent and then accounts and
    shares.
    """
    if not _works_here(session, claim):
        return None
    consent = epoch_held(session, claim.person_id, Purpose.POST_FOR_ME)
    content = _content_held(session, claim)
    if consent is None or content is None or not _account_held(session, claim):
        return None
    return _Epochs(consent, content)


def _works_here(session: Session, claim: Claim) -> bool:
    here = select(Person.id).where(
        Person.id == claim.person_id, Person.left_on.is_(None)
    )
    return session.scalar(here.with_for_update(read=True)) is not None


def _account_held(session: Session, claim: Claim) -> bool:
    """Whether the token in hand is still the one that is connected, minutes later."""
    claimed = select(Account.id).where(
        Account.id == claim.account_id,
        Account.member_id == claim.access.member_id,
        Account.connected_at == claim.connected_at,
        Account.refused_at.is_(None),
    )
    return session.scalar(claimed.with_for_update(read=True)) is not None


def _to_sending(session: Session, claim: Claim, body: bytes, held: _Epochs) -> bool:
    before = ShareState.UNCERTAIN if claim.is_probe else ShareState.READY
    return _done(
        session,
        update(Share)
        .where(
            *_mine(claim, before),
            Share.stop_requested.is_(False),
            Share.lease_until > func.clock_timestamp(),
            Share.body_sha256 == _hash(body),
            Share.consent_epoch == held.consent,
            Share.content_epoch == held.content,
            ~select(PublishingStop.cause).exists(),  # stopped since the claim
            # Connecting took its time; another post must not come of a question.
            in_repeat_window() if claim.is_probe else true(),
        )
        .values(state=ShareState.SENDING, lease_until=func.clock_timestamp() + LEASE),
    )


def _attempt(
    session: Session, claim: Claim, body: bytes, held: _Epochs
) -> PublishAttempt:
    attempt = PublishAttempt(
        share_id=claim.share_id,
        n=_next_number(session, claim.share_id),
        armed_at=func.clock_timestamp(),
        worker=claim.owner,
        body_sha256=_hash(body),
        consent_epoch=held.consent,
        content_epoch=held.content,
        is_probe=claim.is_probe,
    )
    session.add(attempt)
    session.flush()
    return attempt


def _done(session: Session, change: Update) -> bool:
    """Whether the guarded change met its row."""
    change = change.execution_options(synchronize_session=False)
    return bool(session.execute(change.returning(Share.id)).all())


def _content_held(session: Session, claim: Claim) -> int | None:
    return session.scalar(
        select(Item.epoch)
        .where(
            Item.id == claim.item_id,
            Item.state == ItemState.PUBLISHED,
            func.coalesce(Item.expires_at > func.clock_timestamp(), True),
        )
        .with_for_update(read=True)
    )


def _mine(claim: Claim, *states: ShareState) -> tuple[ColumnElement[bool], ...]:
    return (
        Share.id == claim.share_id,
        Share.lease_owner == claim.owner,
        Share.state.in_(states),
    )


def _next_number(session: Session, share_id: int) -> int:
    last = select(func.max(PublishAttempt.n)).where(PublishAttempt.share_id == share_id)
    return (session.scalar(last) or 0) + 1


def _hash(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
