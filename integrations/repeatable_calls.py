"""Calls that may be repeated: uploads, looks, deletes. Creating a post is not."""

import json
import logging
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

import certifi
import requests

from integrations.breaker import RESTING, Breaker
from integrations.errors import NotDone, OutcomeUnknown, ProviderError, VersionGone

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
    answer_seconds: float
    # Between the tries: one more try than pauses.
    pauses: tuple[float, ...]
    # Certificates to trust instead of the usual ones (a file in PEM form).
    ca_file: str | None = None


class RepeatableCalls:
    """A row of calls over one session; use it as a context manager."""

    def __init__(self, service: Service, breaker: Breaker | None = None) -> None:
        """Nothing is sent yet."""
        self._service = service
        self._breaker = breaker or Breaker()
        self._session = quiet_session(service.ca_file)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """Close the connections."""
        self._session.close()

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
        for pause in self._service.pauses:
            try:
                return self.send_once(method, address, headers, data, files)
            except VersionGone:
                raise
            except NotDone as error:
                if error.until_midnight_utc or error.code == RESTING:
                    raise
                log.info(
                    "%s: %s again after %s", self._service.name, method, error.code
                )
            time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 – no secret
        return self.send_once(method, address, headers, data, files)

    def send_once(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        data: Any = None,
        files: Any = None,
    ) -> Answer:
        """The same without a second try."""
        service, host = self._service, urlsplit(address).netloc
        self._breaker.check(host)
        try:
            response = self._session.request(
                method,
                address,
                headers=headers,
                timeout=(service.connect_seconds, service.answer_seconds),
                allow_redirects=False,
                data=data,
                files=files,
            )
        except requests.RequestException as error:
            self._breaker.failed(host)
            reason = f"{service.name} could not be reached"
            raise NotDone(reason, code=type(error).__name__) from error
        found = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(response.status_code, found, response.content)
        self._breaker.answered(host, answer.status)
        if 200 <= answer.status < 300:
            return answer
        raise self._repeatable(service.error_for(answer))

    def _repeatable(self, error: ProviderError) -> ProviderError:
        """Doubt does no harm where a repeat does none."""
        if isinstance(error, OutcomeUnknown):
            reason = f"{self._service.name} is out of order"
            return NotDone(reason, code=error.code)
        return error


def quiet_session(ca_file: str | None) -> requests.Session:
    """A session that takes no proxy and no password from the environment.

    The authorities come with us: a bare machine has none.
    """
    session = requests.Session()
    session.trust_env = False
    session.verify = ca_file or certifi.where()
    return session
