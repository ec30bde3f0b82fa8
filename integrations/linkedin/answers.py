"""What an answer from LinkedIn means: which error, sorted by what we know afterwards.

The sentences are ours: LinkedIn's may quote the person's text.
"""

import re
from collections.abc import Callable

from integrations.errors import (
    AccessExpired,
    AlreadyPosted,
    MediaRefused,
    NotDone,
    OutcomeUnknown,
    ProviderError,
    Refused,
    TextTooLong,
    VersionGone,
)
from integrations.http_messages import Answer
from integrations.linkedin.addresses import post_id_from

# Nothing was made, and a fresh upload or a moment's wait helps.
UNREADY_MEDIA = {"MEDIA_ASSET_WAITING_UPLOAD", "EXPIRED_UPLOAD_URL"}
# "Too large" (413) is another thing: we count the text ourselves, and no text comes near.
TOO_LONG = "FIELD_LENGTH_TOO_LONG"
SHORTEST_PAUSE, LONGEST_PAUSE = 60, 1800


def short_code(answer: Answer) -> str:
    """Status and LinkedIn's own word for it; safe to log, as it is no free text."""
    said = answer.said()
    word = said.get("code") or said.get("serviceErrorCode") or ""
    if not re.fullmatch(r"[A-Z0-9_]{1,60}", str(word)):
        word = ""
    return f"{answer.status} {word}".strip()


def error_for(answer: Answer) -> ProviderError:
    """The error that an answer other than success stands for."""
    kind = _KINDS.get(answer.status)
    if kind is None:
        # What a gateway says is no proof: the post may have been made behind it.
        kind = _refused if 400 <= answer.status < 500 else _in_doubt
    return kind(answer, short_code(answer))


def _refused(answer: Answer, code: str) -> ProviderError:
    word = str(answer.said().get("code"))
    if word in UNREADY_MEDIA:
        return NotDone("LinkedIn does not have the media yet", wait=60, code=code)
    if word == "MEDIA_ASSET_PROCESSING_FAILED":
        return MediaRefused("LinkedIn could not process the media", code=code)
    if word == TOO_LONG:
        return TextTooLong("LinkedIn found it too long", code=code)
    return Refused("LinkedIn refused it", code=code)


def _in_doubt(_answer: Answer, code: str) -> ProviderError:
    return OutcomeUnknown("LinkedIn did not say whether it was done", code=code)


def _expired(_answer: Answer, code: str) -> ProviderError:
    return AccessExpired("LinkedIn no longer accepts this token", code=code)


def _version_gone(_answer: Answer, code: str) -> ProviderError:
    return VersionGone("LinkedIn no longer serves this version", code=code)


def _unprocessable(answer: Answer, code: str) -> ProviderError:
    if not _is_duplicate(answer):
        return _refused(answer, code)
    urn = post_id_from(_named(answer))
    return AlreadyPosted("LinkedIn has the same post already", post_id=urn)


def _forbidden(answer: Answer, code: str) -> ProviderError:
    """Forbidden for this token (connect again), or forbidden as it is (change it)."""
    message = str(answer.said().get("message", ""))
    if message.startswith("Not enough permissions") or "[/author]" in message:
        return AccessExpired("LinkedIn wants another permission", code=code)
    return Refused("LinkedIn does not allow it", code=code)


def _throttled(answer: Answer, code: str) -> ProviderError:
    message = str(answer.said().get("message", ""))
    if re.search(r"\bDAY\b", message):
        return NotDone(
            "the day's calls are used up",
            until_midnight_utc=True,
            whole_app=re.search(r"\bAPPLICATION DAY\b", message) is not None,
            code=code,
        )
    asked = answer.headers.get("retry-after", "")
    wait = int(asked) if re.fullmatch(r"\d{1,6}", asked) else SHORTEST_PAUSE
    wait = min(max(wait, SHORTEST_PAUSE), LONGEST_PAUSE)
    return NotDone("LinkedIn is busy", wait=wait, code=code)


def _is_duplicate(answer: Answer) -> bool:
    said = answer.said()
    details = said.get("errorDetails")
    inputs = details.get("inputErrors") if isinstance(details, dict) else None
    listed = inputs if isinstance(inputs, list) else []
    codes = [entry.get("code") for entry in listed if isinstance(entry, dict)]
    return "DUPLICATE_POST" in [*codes, said.get("code")] or _named(answer) is not None


def _named(answer: Answer) -> str | None:
    message = str(answer.said().get("message", ""))
    found = re.search(r"duplicate of (urn:li:(?:share|ugcPost):[\w-]+)", message)
    return found[1] if found else None


_KINDS: dict[int, Callable[[Answer, str], ProviderError]] = {
    401: _expired,
    403: _forbidden,
    408: _in_doubt,
    409: _in_doubt,
    422: _unprocessable,
    425: _in_doubt,
    426: _version_gone,
    429: _throttled,
}
