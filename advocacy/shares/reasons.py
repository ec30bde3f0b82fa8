"""Short codes for what stands in a share's way; the pages turn them into sentences."""

from collections.abc import Mapping
from enum import StrEnum


class Reason(StrEnum):
    """Why a share is in the state it is in (`Share.reason`). Empty: nothing to say."""

    # cancelled
    UNDONE = "undone"  # the person pressed Undo or Cancel
    TAKEN_OFF = "taken_off"  # the person took it off the list
    NOT_THERE = (
        "not_there"  # it was uncertain, is not there, and need not be sent again
    )
    CONSENT = "consent"  # "post for me" was switched off
    LEFT = "left"  # the person no longer works here
    ITEM_WITHDRAWN = "item_withdrawn"
    ITEM_EXPIRED = "item_expired"
    ITEM_CHANGED = "item_changed"  # a new confirmation is needed
    MENTION_CHANGED = "mention_changed"  # whom `@name` means, or whether anybody
    UNCONFIRMED = "unconfirmed"  # what would leave is not what was confirmed
    # scheduled, waiting for another try
    UNREACHABLE = "unreachable"  # the network could not be reached
    BUSY = "busy"  # the network asked us to wait
    RATE_LIMIT = "rate_limit"  # the day's limit is used up: goes on after midnight UTC
    NEW_ACCESS = "new_access"  # the network does not know its own fresh token yet
    VERSION = "version"  # the network's interface moved on; an administrator must act
    # needs_reconnect
    NO_ACCOUNT = "no_account"
    ACCESS_ENDING = "access_ending"  # the token ends before the post could leave
    ACCESS_REFUSED = "access_refused"  # the network no longer accepts the token
    OTHER_MEMBER = "other_member"  # confirmed for another profile than is connected
    # missed
    LATE = "late"
    DAY_TAKEN = "day_taken"  # its day is over, and the next has a post of that item
    # failed
    REFUSED = "refused"  # the network refused the content
    DUPLICATE = "duplicate"  # the member posted the same just before
    TOO_LONG = "too_long"
    MEDIA_GONE = "media_gone"
    MEDIA_REFUSED = "media_refused"  # the network does not take what goes along
    POISON = "poison"  # it stopped our worker again and again
    # published, published_unverified, uncertain
    STOPPED_TOO_LATE = "stopped_too_late"  # it was on the wire when it had to stop
    CONSENT_TOO_LATE = "consent_too_late"  # the same, by turning “post for me” off
    NO_ID = "no_id"  # live, but the network did not say where
    SAID_SO = "said_so"  # the person saw it there
    NO_ANSWER = "no_answer"  # the network's answer did not come or cannot be trusted
    WORKER_LOST = "worker_lost"  # our worker died while sending
    RESTORED = "restored"  # our records are older than what we did


class Problem(StrEnum):
    """Why a wish is refused; the field it belongs to stands behind each."""

    EMPTY = "empty"  # text
    TOO_LONG = "too_long"  # text
    ITEM_CHANGED = "item_changed"  # item: changed since the page was made
    ITEM_OVER = "item_over"  # item: withdrawn, expired or not to be shared
    UNKNOWN_MEDIA = "unknown_media"  # media: not one of this item's
    BAD_TIME = "bad_time"  # time: not a date and time
    BAD_ZONE = "bad_zone"  # time: not a time zone
    PAST = "past"  # time
    TOO_FAR = "too_far"  # time: more than 31 days ahead
    BEYOND_ITEM = "beyond_item"  # time: the item expires before
    CONSENT_OFF = "consent_off"  # account
    NOT_CONNECTED = "not_connected"  # account
    ACCESS_ENDED = "access_ended"  # account
    CONFIRMATION_VOID = "confirmation_void"  # confirmation: it was for something else
    CONFIRMATION_OLD = "confirmation_old"  # confirmation: more than seven days ago
    TRIED_SINCE = "tried_since"  # confirmation: it was sent since the page was made
    NOT_A_POST = "not_a_post"  # address: not of a post on this network
    ADDRESS_TAKEN = "address_taken"  # address: of a post that belongs to another share


class WishRefused(Exception):
    """Nothing was stored; `problems` says why, by field.

    Fields: text, item, media, time, account, confirmation, address.
    """

    def __init__(self, problems: Mapping[str, Problem]) -> None:
        super().__init__(
            ", ".join(f"{name}: {code}" for name, code in problems.items())
        )
        self.problems = dict(problems)
