"""What an answer from Mastodon means: which error, sorted by what we know afterwards.

The sentences are ours: Mastodon's are for people, in the server's language.
"""

import re
from datetime import datetime

from integrations.clock import now
from integrations.errors import (
    AccessExpired,
    NotDone,
    OutcomeUnknown,
    ProviderError,
    Refused,
)
from integrations.http_messages import Answer

SHORTEST_PAUSE, LONGEST_PAUSE = 60, 1800
# Said where the token may be good and lacks a permission; connecting again mends it.
LACKS_SCOPE = "outside the authorized scopes"

# Mastodon's have 18 digits; a longer one is nothing to store.
LONGEST_ID = 100


def id_in(answer: Answer) -> str | None:
    """The id of what the answer describes."""
    found = answer.said().get("id")
    if not isinstance(found, str) or len(found) > LONGEST_ID:
        return None
    # It becomes part of an address, which other letters cannot stand in.
    return found if found.isascii() and found.isalnum() else None


def error_for(answer: Answer) -> ProviderError:
    """The error that an answer other than success stands for."""
    code = str(answer.status)
    match answer.status:
        case 401:
            return AccessExpired("Mastodon no longer accepts this token", code=code)
        case 403 if LACKS_SCOPE in str(answer.said().get("error", "")):
            return AccessExpired("Mastodon wants another permission", code=code)
        case 429:
            return NotDone("Mastodon is busy", wait=_wait(answer), code=code)
        case 408 | 409 | 425:
            return OutcomeUnknown("Mastodon may have done it", code=code)
        case status if 400 <= status < 500:
            return Refused("Mastodon refused it", code=code)
        case _:
            # What stands in front of the server cannot know what happened behind it.
            return OutcomeUnknown("Mastodon did not say what it did", code=code)


def _wait(answer: Answer) -> int:
    """Until the moment the answer names; some servers name a span instead."""
    asked = answer.headers.get("retry-after", "")
    wait = int(asked) if re.fullmatch(r"\d{1,6}", asked) else 0
    try:
        reset = datetime.fromisoformat(answer.headers.get("x-ratelimit-reset", ""))
        wait = max(wait, round((reset - now()).total_seconds()))
    except (TypeError, ValueError):  # none, or one that names no zone
        pass
    return min(max(wait, SHORTEST_PAUSE), LONGEST_PAUSE)
