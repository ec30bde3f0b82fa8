"""What can go wrong with a create call: the whole list."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from integrations.linkedin_sandbox.refusals import (
    Refusal,
    day_limit,
    forbidden,
    missing,
    revoked,
)


@dataclass(frozen=True)
class Fault:
    """One way of misbehaving."""

    label: str
    help: str = ""
    # Before it is looked at; or when it is done, before the answer.
    waits: bool = False
    waits_after: bool = False
    # Whether the post is made although the answer says otherwise.
    commits: bool = True
    refusal: Callable[[], Refusal] | None = None
    # Sent as they are, then the line is broken; b"" breaks it in silence.
    last_bytes: bytes | None = None
    names_the_post: bool = True
    on_the_page: bool = True


_broken = partial(
    Refusal, message="Internal Server Error", code="INTERNAL_SERVER_ERROR"
)


def _refuses(label: str, refusal: Callable[[], Refusal]) -> Fault:
    """An answer for tests, after which nothing was made."""
    return Fault(label, commits=False, refusal=refusal, on_the_page=False)


FAULTS = {
    "behave": Fault("Nothing, behave"),
    "slow": Fault("Answer late", "the library gives up first", waits=True),
    "drop_after_commit": Fault(
        "Take the post, then break the line", "the uncertain case", last_bytes=b""
    ),
    "gateway_timeout_after_commit": Fault(
        "Take the post, then answer 504",
        "also uncertain",
        refusal=partial(_broken, 504),
    ),
    "error_without_commit": Fault(
        "Answer 500 and take nothing",
        "uncertain too, as nobody can tell",
        commits=False,
        refusal=partial(_broken, 500),
    ),
    "expired_token": Fault(
        "Refuse: connection ended", "401", commits=False, refusal=revoked
    ),
    "day_limit": Fault(
        "Refuse: too many calls today",
        "429",
        commits=False,
        refusal=partial(day_limit, "APPLICATION_AND_MEMBER"),
    ),
    "version_gone": Fault(
        "Refuse: version no longer served",
        "426",
        commits=False,
        refusal=partial(
            Refusal, 426, "Requested version is not active", "NONEXISTENT_VERSION"
        ),
    ),
    # The rest is for tests.
    "late_after_commit": Fault(
        "Take the post, then answer late", waits_after=True, on_the_page=False
    ),
    "drop_before_commit": Fault(
        "Break the line", commits=False, last_bytes=b"", on_the_page=False
    ),
    "garbled_after_commit": Fault(
        "Take the post, answer nonsense",
        last_bytes=b"nonsense\r\n\r\n",
        on_the_page=False,
    ),
    "half_an_answer_after_commit": Fault(
        "Take the post, answer by half",
        last_bytes=b"HTTP/1.1 201 Created\r\nx-rest",
        on_the_page=False,
    ),
    "created_without_id": Fault(
        "Take the post, do not name it", names_the_post=False, on_the_page=False
    ),
    "malformed": _refuses("Answer 400", partial(missing, "commentary")),
    "too_long": _refuses(
        "Refuse: text too long",
        partial(Refusal, 400, "Field length exceeded", "FIELD_LENGTH_TOO_LONG"),
    ),
    "forbidden": _refuses("Answer 403", partial(forbidden, "this image")),
    "not_found": _refuses(
        "Answer 404",
        partial(Refusal, 404, "No virtual resource found", "NOT_FOUND"),
    ),
    "request_timeout": _refuses(
        "Answer 408", partial(Refusal, 408, "Request Timeout", "REQUEST_TIMEOUT")
    ),
    "conflict": _refuses(
        "Answer 409", partial(Refusal, 409, "Write conflict", "CONFLICT")
    ),
    "too_large": _refuses(
        "Refuse: too large",
        partial(Refusal, 413, "Too large", "REQUEST_ENTITY_TOO_LARGE"),
    ),
    "unprocessable": _refuses(
        "Answer 422", partial(Refusal, 422, "Unprocessable Entity", "INVALID_CONTENT")
    ),
    "busy": _refuses(
        "Refuse: too many calls now",
        partial(
            Refusal,
            429,
            "Resource level throttle limit for calls to this resource is reached.",
            "TOO_MANY_REQUESTS",
        ),
    ),
    "app_day_limit": _refuses(
        "Refuse: too many calls of all today", partial(day_limit, "APPLICATION")
    ),
    "bad_gateway": _refuses("Answer 502", partial(_broken, 502)),
    "unavailable_without_commit": _refuses(
        "Answer 503 and take nothing",
        partial(Refusal, 503, "Service Unavailable", "SERVICE_UNAVAILABLE"),
    ),
}
