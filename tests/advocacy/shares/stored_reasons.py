"""Which reasons a share may have in which state, where its page says why (`Share.reason`)."""

from advocacy.shares.models import ShareState
from advocacy.shares.reasons import Reason

S, R = ShareState, Reason
WITHDRAWN_TOO_LATE = frozenset({R.STOPPED_TOO_LATE, R.CONSENT_TOO_LATE})
STORED: dict[ShareState, frozenset[Reason]] = {
    S.SCHEDULED: frozenset(
        {R.UNREACHABLE, R.BUSY, R.RATE_LIMIT, R.NEW_ACCESS, R.VERSION}
    ),
    S.NEEDS_RECONNECT: frozenset(
        {R.NO_ACCOUNT, R.ACCESS_ENDING, R.ACCESS_REFUSED, R.OTHER_MEMBER}
    ),
    S.MISSED: frozenset({R.LATE, R.DAY_TAKEN}),
    S.FAILED: frozenset(
        {
            R.REFUSED,
            R.DUPLICATE,
            R.TOO_LONG,
            R.MEDIA_GONE,
            R.MEDIA_REFUSED,
            R.POISON,
        }
    ),
    S.CANCELLED: frozenset(
        {
            R.UNDONE,
            R.NOT_THERE,
            R.CONSENT,
            R.LEFT,
            R.ITEM_WITHDRAWN,
            R.ITEM_EXPIRED,
            R.ITEM_CHANGED,
            R.MENTION_CHANGED,
            R.UNCONFIRMED,
        }
    ),
    S.UNCERTAIN: frozenset({R.NO_ANSWER, R.WORKER_LOST, R.RESTORED})
    | WITHDRAWN_TOO_LATE,
    S.PUBLISHED: WITHDRAWN_TOO_LATE,
    S.PUBLISHED_UNVERIFIED: frozenset({R.NO_ID, R.SAID_SO}) | WITHDRAWN_TOO_LATE,
    S.REMOVED: WITHDRAWN_TOO_LATE,
}
# Nothing of it is shown.
HIDDEN = R.TAKEN_OFF
# What stays from before, where it explains nothing any more.
LEFT_OVER = {S.REMOVED: frozenset({R.SAID_SO, R.NO_ID})}
