"""What an answer of the network makes of a share (reliability.md 2.5)."""

import random
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from advocacy.shares.models import NOT_SENT, ON_NETWORK, ShareState
from advocacy.shares.reasons import Reason
from integrations.breaker import RESTING
from integrations.clock import next_midnight
from integrations.errors import (
    AccessExpired,
    AlreadyPosted,
    MediaRefused,
    NotDone,
    OutcomeUnknown,
    ProviderError,
    TextTooLong,
    VersionGone,
)

# Pauses between tries that were certainly not done: 1, 2, 4 … 30 minutes.
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
# A token of less than a minute that the network does not know yet (linkedin.md 7.3).
NEW_TOKEN_PAUSES = (1, 3, 8)
# With our version gone nothing leaves; each quarter of an hour one post tries again.
VERSION_PAUSE = timedelta(minutes=15)


@dataclass(frozen=True)
class Outcome:
    """How one attempt ended, and what becomes of the share."""

    state: ShareState
    reason: Reason | None = None
    code: str = ""  # the network's own short code
    post_id: str | None = None
    wait: timedelta | None = None  # until the next try
    until_midnight: bool = False  # the next try is after 00:00 UTC
    whole_app: bool = False  # with it: nobody's posts are taken before
    sent: bool = True  # whether a byte of the request may have left

    @property
    def live(self) -> bool:
        """Whether it is certainly on the network."""
        return self.state in ON_NETWORK

    @property
    def was_answered(self) -> bool:
        """Whether it comes from an answer of the network, which has a number."""
        return self.code[:1].isdigit()

    @property
    def cost_nothing(self) -> bool:
        """Whether no call got through, so that what was reserved is free again."""
        out_of_reach = self.reason is Reason.UNREACHABLE and not self.was_answered
        held_back = not self.sent or self.code == RESTING
        return out_of_reach or held_back or self.reason is Reason.VERSION

    @property
    def of_attempt(self) -> str:
        """What the attempt's row keeps."""
        return self.state.value if self.sent else NOT_SENT


def posted(post_id: str | None) -> Outcome:
    """The network took it."""
    if post_id is None:
        return Outcome(ShareState.PUBLISHED_UNVERIFIED, Reason.NO_ID)
    return Outcome(ShareState.PUBLISHED, post_id=post_id)


def doubt(code: str = "") -> Outcome:
    """It may be live. Never repeated by us."""
    return Outcome(ShareState.UNCERTAIN, Reason.NO_ANSWER, code)


# The network's day is used up, by its own word or by our count.
NO_CALLS_LEFT = Outcome(ShareState.SCHEDULED, Reason.RATE_LIMIT, until_midnight=True)
# A file of the post is no longer on our disk; the network was not asked.
MEDIA_GONE = Outcome(ShareState.FAILED, Reason.MEDIA_GONE)


def not_sent() -> Outcome:
    """We gave up before the first byte."""
    return Outcome(ShareState.SCHEDULED, sent=False, wait=timedelta())


def outcome_of(error: ProviderError, *, tries: int, token_is_new: bool) -> Outcome:
    """What a refusal, a delay or a silence means."""
    match error:
        case OutcomeUnknown():
            return doubt(error.code)
        case AlreadyPosted():
            failed, reason = ShareState.FAILED, Reason.DUPLICATE
            return Outcome(failed, reason, error.code, post_id=error.post_id)
        case AccessExpired() if token_is_new and tries < len(NEW_TOKEN_PAUSES):
            wait = timedelta(seconds=NEW_TOKEN_PAUSES[tries])
            reason = Reason.NEW_ACCESS
            return Outcome(ShareState.SCHEDULED, reason, error.code, wait=wait)
        case AccessExpired():
            reason = Reason.ACCESS_REFUSED
            return Outcome(ShareState.NEEDS_RECONNECT, reason, error.code)
        case NotDone():
            return _again(error, tries)
        case _:
            return Outcome(ShareState.FAILED, _why_refused(error), error.code)


def _why_refused(error: ProviderError) -> Reason:
    """What its owner has to do something about."""
    match error:
        case MediaRefused():
            return Reason.MEDIA_REFUSED
        case TextTooLong():
            return Reason.TOO_LONG
        case _:
            return Reason.REFUSED


def _again(error: NotDone, tries: int) -> Outcome:
    """Certainly not done, and another time it may be."""
    scheduled = ShareState.SCHEDULED
    if isinstance(error, VersionGone):
        return Outcome(scheduled, Reason.VERSION, error.code, wait=VERSION_PAUSE)
    if error.until_midnight_utc:
        return replace(NO_CALLS_LEFT, code=error.code, whole_app=error.whole_app)
    reason = Reason.BUSY if error.wait else Reason.UNREACHABLE
    pause = min(FIRST_PAUSE * 2 ** min(tries, 10), LONGEST_PAUSE)
    wait = max(pause, timedelta(seconds=error.wait or 0))
    return Outcome(scheduled, reason, error.code, wait=wait)


def next_time(outcome: Outcome, at: datetime) -> datetime:
    """When to try again; spread a little, so that not all come back at once."""
    spread = random.random()  # noqa: S311 – no secret
    if outcome.until_midnight:
        return next_midnight(at) + timedelta(minutes=1 + 14 * spread)
    wait = outcome.wait or timedelta()
    return at + wait * (1 + 0.2 * spread)
