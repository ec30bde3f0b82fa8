"""Logs as JSON lines with allowed fields only: ids and codes, never texts, tokens or addresses."""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any

import structlog

# Whatever is not on this list is dropped before a line is written (reliability.md 4.2, row 55).
ALLOWED = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "kind",
        "code",
        "status",
        "share",
        "item",
        "task",
        "task_id",
        "endpoint",
        "reference",
        "seconds",
        "count",
        "window",
        "table",
        "where",
        "network",
        "why",  # a sentence of ours
        # What a network's support asks for: ids of a call.
        "x-li-uuid",
        "x-li-fabric",
        "x-li-request-id",
    }
)


def _only_allowed(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {name: value for name, value in event.items() if name in ALLOWED}


def _traceback_without_values(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Keep where a bug happened, not what the exception says: it may quote a text or an address."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, BaseException):
        places = traceback.extract_tb(error.__traceback__)[-8:]
        event["kind"] = type(error).__name__
        event["where"] = " > ".join(
            f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}" for place in places
        )
    return event


def set_up_logs() -> None:
    """Send our own lines and the libraries' warnings to standard error."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _traceback_without_values,
            _only_allowed,
            structlog.processors.JSONRenderer(),
        ],
        # Looked up at each line: whoever runs us may have put another stream there.
        logger_factory=lambda *_names: structlog.PrintLogger(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    # Libraries at debug level write whole requests, tokens included.
    for name in ("urllib3", "requests_oauthlib", "oauthlib", "PIL"):
        logging.getLogger(name).setLevel(logging.WARNING)
