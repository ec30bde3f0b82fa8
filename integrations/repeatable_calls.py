"""Calls that may be repeated: uploads, looks, deletes, most about tokens. Creating a post
is none of them.
"""

import json
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Self

import certifi
import requests
from requests.structures import CaseInsensitiveDict

from integrations.bounded_http import BoundedHttp
from integrations.breaker import RESTING, Breaker
from integrations.errors import NotDone, OutcomeUnknown, ProviderError, VersionGone
from integrations.file_body import FileBody
from integrations.kept_connections import KeptConnections

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """Status, headers (small letters) and body of one answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def said(self) -> dict[str, Any]:
        """The body's JSON object; empty when it is anything else."""
        try:
            said = json.loads(self.body)
        except (ValueError, RecursionError):  # or it nests without end
            return {}
        return said if isinstance(said, dict) else {}


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
        self._http.close()

    def send(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        data: Any = None,
        files: Any = None,
    ) -> Answer:
        """Send until there is a clear answer. Raises `NotDone` or `Refused`.

        `data` and `files` as requests takes them, and such that they can be sent again.
        """
        request = self._request(method, address, headers, data, files)
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
                log.info("%s: %s again after %s", service.name, method, error.code)
            time.sleep(wait)
        return self._answer(request, until, self._http)

    def send_once(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        data: Any = None,
        files: Any = None,
    ) -> Answer:
        """The same without a second try."""
        request = self._request(method, address, headers, data, files)
        until = monotonic() + self._service.all_seconds
        return self._answer(request, until, self._http_once)

    def _request(
        self, method: str, address: str, headers: Mapping[str, str], *sent: Any
    ) -> requests.PreparedRequest:
        data, files = sent
        if isinstance(data, bytes | FileBody | None) and not files:
            return _as_it_is(method, address, headers, data)
        # No session: nothing is remembered from one call to the next.
        return requests.Request(method, address, headers, files, data).prepare()

    def _answer(
        self, request: requests.PreparedRequest, until: float, http: BoundedHttp
    ) -> Answer:
        """One try, within the time that is left for all."""
        service = self._service
        seconds = min(service.answer_seconds, until - monotonic())
        try:
            response = http.send(
                request,
                timeout=(service.connect_seconds, seconds),
                verify=service.ca_file or certifi.where(),
            )
        except requests.RequestException as error:
            reason = f"{service.name} could not be reached"
            raise NotDone(reason, code=type(error).__name__) from error
        found = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(response.status_code, found, response.content)
        if 200 <= answer.status < 300:
            return answer
        raise self._repeatable(service.error_for(answer))

    def _repeatable(self, error: ProviderError) -> ProviderError:
        """Doubt does no harm where a repeat does none."""
        if isinstance(error, OutcomeUnknown):
            reason = f"{self._service.name} is out of order"
            return NotDone(reason, code=error.code)
        return error


def _as_it_is(
    method: str, address: str, headers: Mapping[str, str], body: bytes | FileBody | None
) -> requests.PreparedRequest:
    """Nothing is left to encode, which takes requests a tenth of a share's time."""
    request = requests.PreparedRequest()
    request.method, request.url = method, address
    request.headers = CaseInsensitiveDict(headers)
    request.body = body  # type: ignore[assignment] # our own files can be sent too
    if body is not None or method not in {"GET", "HEAD"}:
        request.headers["Content-Length"] = str(len(body or b""))
    return request
