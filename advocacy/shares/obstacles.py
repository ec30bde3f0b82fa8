"""What can stand between a due share and its post, and where each puts the share."""

from dataclasses import dataclass

from advocacy.shares.confirmation import confirmation_of
from advocacy.shares.facts import Facts
from advocacy.shares.lateness import agreed
from advocacy.shares.models import Share, ShareState
from advocacy.shares.reasons import Reason
from advocacy.shares.schedule import ACCESS_MARGIN, MAX_LATENESS
from advocacy.shares.wishes import ShareWish

MOST_CRASHES = 5  # claims in a row that ended without a word (reliability.md 2.4)


@dataclass(frozen=True)
class Obstacle:
    """Where the share goes instead, and why."""

    state: ShareState
    reason: Reason


def obstacle(facts: Facts) -> Obstacle | None:
    """The first thing that stands in the way; what nobody can mend comes first."""
    if facts.share.crash_count > MOST_CRASHES:
        return Obstacle(ShareState.FAILED, Reason.POISON)
    if reason := _permission(facts) or _content(facts):
        return Obstacle(ShareState.CANCELLED, reason)
    if _late(facts):
        return Obstacle(ShareState.MISSED, Reason.LATE)
    if reason := _access(facts):
        return Obstacle(ShareState.NEEDS_RECONNECT, reason)
    if facts.length(facts.draft.text) > facts.longest_text:
        return Obstacle(ShareState.FAILED, Reason.TOO_LONG)
    return None


def _permission(facts: Facts) -> Reason | None:
    if not facts.person.works_here:
        return Reason.LEFT
    if facts.consent_epoch != facts.share.consent_epoch:
        return Reason.CONSENT
    return None


def _content(facts: Facts) -> Reason | None:
    share, item = facts.share, facts.share.item
    if item.expires_at is not None and item.expires_at <= facts.at:
        return Reason.ITEM_EXPIRED
    if not item.shareable(facts.at):
        return Reason.ITEM_WITHDRAWN
    if item.epoch != share.content_epoch:
        return Reason.ITEM_CHANGED
    if share.confirmation != confirmation_of(
        share.person_id, item, facts.media, wish_of(share), facts.draft.mentions
    ):
        return Reason.UNCONFIRMED
    return None


def _late(facts: Facts) -> bool:
    return facts.at > agreed(facts.share) + MAX_LATENESS


def _access(facts: Facts) -> Reason | None:
    account = facts.account
    if account is None:
        return Reason.NO_ACCOUNT
    if account.member_hash != facts.share.member_hash:
        return Reason.OTHER_MEMBER
    if account.refused_at is not None:
        return Reason.ACCESS_REFUSED
    if account.expires_at <= facts.at + ACCESS_MARGIN:
        return Reason.ACCESS_ENDING
    return None


def wish_of(share: Share) -> ShareWish:
    """What the row asks for, in the form in which it was confirmed."""
    return ShareWish(
        text=share.text,
        visibility=share.visibility,
        media_id=share.media_id,
        wall_time=share.wall_time,
        time_zone=share.time_zone,
        network=share.network,
    )
