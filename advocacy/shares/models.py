"""Shares and attempts: rows are the truth, messages only hints (reliability.md 2)."""

from datetime import date, datetime
from enum import StrEnum
from secrets import token_urlsafe

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from content.items import Item
from integrations.clock import now
from integrations.database import Base
from integrations.network import Visibility


class Way(StrEnum):
    """How a share reaches the network."""

    COPY = "copy"  # the person pastes it there
    ACCOUNT = "account"  # we post through the connected account


class ShareState(StrEnum):
    """The states of reliability.md 2.3, and those before and beside publishing."""

    COPIED = "copied"  # taken along to paste; nothing more is known
    TOLD = "told"  # the person said they posted it
    SCHEDULED = "scheduled"
    PREPARING = "preparing"
    READY = "ready"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    PUBLISHED = "published"
    PUBLISHED_UNVERIFIED = "published_unverified"
    NEEDS_RECONNECT = "needs_reconnect"
    MISSED = "missed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REMOVED = "removed"


# Whoever holds a lease works on these; nothing has been sent yet.
IN_HAND = (ShareState.PREPARING, ShareState.READY)
# What is to leave without anybody pressing anything.
LEAVING = (ShareState.SCHEDULED, *IN_HAND)
# What a worker may have in hand, or take in hand; it leaves or ends by itself.
IN_MOTION = (*LEAVING, ShareState.SENDING)
# The post is there, as far as we know.
ON_NETWORK = (ShareState.PUBLISHED, ShareState.PUBLISHED_UNVERIFIED)
# Posted once, by us or by hand, whatever became of the post afterwards.
EVER_POSTED = (*ON_NETWORK, ShareState.TOLD, ShareState.REMOVED)
# Everything that can still be stopped without a trace on the network.
UNSENT = (
    *LEAVING,
    ShareState.NEEDS_RECONNECT,
    ShareState.MISSED,
)

S = ShareState
# The network says that it is there: that counts, whatever we took for true meanwhile.
PROOF = frozenset(ON_NETWORK)
# Every change of a state there is. The database refuses all others (migration 0019).
# To UNCERTAIN leads a doubt: of one post, or of all that a restored database holds; and
# back to it, whoever takes back what they said of it.
MOVES: dict[ShareState, frozenset[ShareState]] = {
    S.COPIED: frozenset({S.TOLD, S.CANCELLED}),
    S.TOLD: frozenset({S.CANCELLED}),
    S.SCHEDULED: PROOF
    | {S.PREPARING, S.MISSED, S.FAILED, S.CANCELLED, S.NEEDS_RECONNECT, S.UNCERTAIN},
    S.PREPARING: PROOF
    | {S.READY, S.SCHEDULED, S.FAILED, S.CANCELLED, S.NEEDS_RECONNECT, S.UNCERTAIN},
    S.READY: PROOF
    | {S.SENDING, S.SCHEDULED, S.FAILED, S.CANCELLED, S.NEEDS_RECONNECT, S.UNCERTAIN},
    S.SENDING: PROOF
    | {S.SCHEDULED, S.FAILED, S.CANCELLED, S.NEEDS_RECONNECT, S.UNCERTAIN},
    S.UNCERTAIN: PROOF | {S.SENDING, S.SCHEDULED, S.CANCELLED},
    S.NEEDS_RECONNECT: PROOF | {S.SCHEDULED, S.MISSED, S.CANCELLED, S.UNCERTAIN},
    S.MISSED: PROOF | {S.SCHEDULED, S.CANCELLED},
    S.FAILED: PROOF,
    S.CANCELLED: PROOF,
    S.PUBLISHED: frozenset({S.REMOVED}),
    S.PUBLISHED_UNVERIFIED: frozenset({S.PUBLISHED, S.REMOVED, S.UNCERTAIN}),
    S.REMOVED: frozenset(),
}
# A second press of Share on the same day finds one of these and changes nothing.
LIVE_STATES = (
    S.SCHEDULED,
    *IN_HAND,
    S.SENDING,
    S.UNCERTAIN,
    S.PUBLISHED,
    S.PUBLISHED_UNVERIFIED,
    S.NEEDS_RECONNECT,
)
LIVE = ",".join(f"'{state.value}'" for state in LIVE_STATES)


class WrongMove(Exception):
    """A bug: the code asked for a change of state that does not exist."""


class Share(Base):
    """One person's wish to tell one item in their own words."""

    __tablename__ = "share"
    __table_args__ = (
        Index(
            "uq_share_live",
            "person_id",
            "item_id",
            "network",
            "target_day",
            "extra",
            unique=True,
            postgresql_where=f"state IN ({LIVE})",
        ),
        Index(None, "state", "next_at"),
        Index(None, "person_id", "created_at"),
        CheckConstraint("length(text) > 0", name="text_not_empty"),
        # Two networks may give the same number to two posts.
        UniqueConstraint("network", "post_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(
        unique=True, default=lambda: token_urlsafe(12)
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    network: Mapped[str] = mapped_column(default="linkedin")
    way: Mapped[Way]
    state: Mapped[ShareState]
    text: Mapped[str]
    visibility: Mapped[Visibility] = mapped_column(default=Visibility.PUBLIC)
    link_code: Mapped[str | None] = mapped_column(
        ForeignKey("link.code", ondelete="SET NULL"), index=True
    )
    media_id: Mapped[int | None] = mapped_column(
        ForeignKey("media.id", ondelete="SET NULL")
    )
    # What the person confirmed: a hash over text, link, media, visibility and time.
    confirmation: Mapped[str]
    # On whose profile: `Account.member_hash`. Nothing where the person pastes it.
    member_hash: Mapped[str | None]
    # The person's own clock; due_at is derived (reliability.md 2.9).
    wall_time: Mapped[str] = mapped_column(default="")  # "2026-11-20T08:30"
    time_zone: Mapped[str] = mapped_column(default="UTC")
    # The table of the zone that due_at was worked out with (`rederiving.zone_table`).
    zone_table: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime]
    target_day: Mapped[date]
    # One a story and day is 0; each that the owner asked for beside it has its number.
    extra: Mapped[int] = mapped_column(default=0, server_default="0")
    next_at: Mapped[datetime]  # when it may be tried next; due_at at first
    # Since when it waits by right: from there on it is late, where the network's day was
    # used up. Otherwise due_at.
    agreed_at: Mapped[datetime | None]
    lease_owner: Mapped[str | None]
    lease_until: Mapped[datetime | None]
    # Claims in a row that ended without a word; more than a few is poison (2.4).
    crash_count: Mapped[int] = mapped_column(default=0)
    # Tries in a row that were certainly not done; the pause grows with them (2.5).
    tries: Mapped[int] = mapped_column(default=0)
    # When a worker was last told about it, so that it is not told every second.
    woken_at: Mapped[datetime | None]
    consent_epoch: Mapped[int]
    content_epoch: Mapped[int]
    body: Mapped[bytes | None]
    body_sha256: Mapped[str | None]
    stop_requested: Mapped[bool] = mapped_column(default=False)
    # Should it turn out to be posted although it was stopped: whether to delete it.
    take_off_again: Mapped[bool] = mapped_column(default=False)
    # Why it failed, was cancelled or waits: a short code, worded on the page.
    reason: Mapped[str] = mapped_column(default="")
    # The reason while it was in doubt, kept beside its owner's "It is there".
    doubt: Mapped[str] = mapped_column(default="", server_default="")
    post_id: Mapped[str | None]
    post_address: Mapped[str | None]
    posted_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)
    changed_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)

    item: Mapped[Item] = relationship(lazy="raise")

    def move_to(self, state: ShareState) -> None:
        """Change the state, if that change exists."""
        if state not in MOVES[self.state]:
            raise WrongMove(f"a {self.state} share cannot become {state}")
        self.state = state


class PublishAttempt(Base):
    """One time we were about to send. Open until its outcome is known."""

    __tablename__ = "publish_attempt"
    __table_args__ = (
        Index(
            "uq_publish_attempt_open",
            "share_id",
            unique=True,
            postgresql_where="outcome IS NULL",
        ),
        Index("uq_publish_attempt_share_id_n", "share_id", "n", unique=True),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("share.id", ondelete="CASCADE"))
    n: Mapped[int]
    armed_at: Mapped[datetime]
    worker: Mapped[str]
    body_sha256: Mapped[str]
    consent_epoch: Mapped[int]
    content_epoch: Mapped[int]
    # The same body once more, to learn from the answer what became of the first (2.2).
    is_probe: Mapped[bool] = mapped_column(default=False)
    # A ShareState, NOT_SENT, or empty while open; "uncertain" may still change.
    outcome: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(default="")  # the network's short code


NOT_SENT = "not_sent"


class PublishingPause(Base):
    """Nothing is posted to a network before `until`: our version is gone (2.5)."""

    __tablename__ = "publishing_pause"

    network: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    reason: Mapped[str]
