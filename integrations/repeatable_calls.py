"""Calls that may be repeated: uploads, looks, deletes, most about tokens. Creating a post
is none of them.
"""

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Self

import structlog

from integrations.bounded_http import BoundedHttp, Bounds
from integrations.breaker import RESTING, Breaker
from integrations.errors import NotDone, OutcomeUnknown, ProviderError, VersionGone
from integrations.file_body import FileBody
from integrations.forms_sent import Fields, Files, encoded_form
from integrations.http_messages import Answer, NoAnswer, Request
from integrations.kept_connections import KeptConnections

log = structlog.get_logger()

# What can be sent again as it was.
Sent = bytes | FileBody | Fields | None


@dataclass(frozen=True)
class Service:
    """Whom the calls go to, how long to wait, and what its answers mean."""

    name: str  # for the errors
    error_for: Callable[[Answer], ProviderError]
    connect_seconds: float
    answer_seconds: (
        float  # for one whole call, with what `bounded_http` adds for uploads
    )
    # Between the tries: one more try than pauses.
    pauses: tuple[float, ...]
    all_seconds: (
        float  # for all tries of one call; none begins later or may last longer
    )
    # Certificates to trust instead of the usual ones (a file in PEM form).
    ca_file: str | None = None


class RepeatableCalls:
    """A row of calls; use it as a context manager."""

    def __init__(
        self,
        service: Service,
        breaker: Breaker | None = None,
        kept: KeptConnections | None = None,
    ) -> None:
        """Nothing is sent yet; without `kept` each call opens its own connection."""
        self._service = service
        breaker = breaker or Breaker()
        self._http = BoundedHttp(breaker, kept)
        # What ends with a kept connection is tried a second time over a new one.
        self._http_once = BoundedHttp(breaker)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """End; connections that are kept stay with their keeper."""

    def send(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        data: Sent = None,
        files: Files | None = None,
    ) -> Answer:
        """Send until there is a clear answer. Raises `NotDone` or `Refused`.

        `data` is a body as it is, or the fields of a form, which may have files beside
        them.
        """
        request = _request(method, address, headers, data, files)
        service, until = self._service, monotonic() + self._service.all_seconds
        for pause in service.pauses:
            try:
                return self._answer(request, until, self._http)
            except VersionGone:
                raise
            except NotDone as error:
                wait = pause * random.uniform(0.8, 1.2)  # noqa: S311 – no secret
                ended = error.until_midnight_utc or error.code == RESTING
                if ended or monotonic() + wait >= until:
                    raise
                log.info("call_again", network=service.name, code=error.code)
            time.sleep(wait)
        return self._answer(request, until, self._http)

    def send_once(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        data: Sent = None,
        files: Files | None = None,
    ) -> Answer:
        """The same without a second try."""
        request = _request(method, address, headers, data, files)
        until = monotonic() + self._service.all_seconds
        return self._answer(request, until, self._http_once)

    def _answer(self, request: Request, until: float, http: BoundedHttp) -> Answer:
        """One try, within the time that is left for all."""
        service = self._service
        seconds = min(service.answer_seconds, until - monotonic())
        bounds = Bounds(service.connect_seconds, seconds, service.ca_file)
        try:
            answer = http.send(request, bounds)
        except NoAnswer as error:
            reason = f"{service.name} could not be reached"
            raise NotDone(reason, code=error.code) from error
        if 200 <= answer.status < 300:
            return answer
        raise self._repeatable(service.error_for(answer))

    def _repeatable(self, error: ProviderError) -> ProviderError:
        """Doubt does no harm where a repeat does none."""
        if isinstance(error, OutcomeUnknown):
            reason = f"{self._service.name} is out of order"
            return NotDone(reason, code=error.code)
        return error


def _request(
    method: str,
    address: str,
    headers: Mapping[str, str],
    data: Sent,
    files: Files | None,
) -> Request:
    if data is None or isinstance(data, bytes | FileBody):
        return Request(method, address, headers, data)
    kind, body = encoded_form(data, files)
    return Request(method, address, {**headers, "Content-Type": kind}, body)
