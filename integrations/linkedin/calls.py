"""Calls that may be repeated: uploads, states, deletes. Creating a post is not."""

import json
import logging
import random
import time
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit

import requests

from integrations.breaker import RESTING, Breaker
from integrations.errors import (
    NotDone,
    OutcomeUnknown,
    ProviderError,
    Refused,
    VersionGone,
)
from integrations.linkedin.answers import Answer, error_for
from integrations.linkedin.headers import rest_headers
from integrations.linkedin.settings import LinkedInSettings
from integrations.linkedin.trust import certificates
from integrations.network import Access

log = logging.getLogger(__name__)


class Calls:
    """A row of calls for one person, over one session; use it as a context manager."""

    def __init__(
        self,
        settings: LinkedInSettings,
        access: Access,
        breaker: Breaker | None = None,
    ) -> None:
        """Nothing is sent yet."""
        self.settings = settings
        self.access = access
        self._breaker = breaker or Breaker()
        self._session = quiet_session(settings)

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """Close the connections."""
        self._session.close()

    def rest(self, method: str, path: str, sent: Any = None) -> Answer:
        """A call under /rest; `path` is already encoded, `sent` becomes JSON."""
        headers = rest_headers(self.access, self.settings.version)
        body = None
        if sent is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(sent, separators=(",", ":")).encode()
        return self.send(method, f"{self.settings.api_base}{path}", headers, body)

    def send(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes | None = None,
    ) -> Answer:
        """Send until there is a clear answer. Raises `NotDone` or `Refused`."""
        for pause in self.settings.patience.pauses:
            try:
                return self._send_once(method, address, headers, body)
            except VersionGone:
                raise
            except NotDone as error:
                if error.until_midnight_utc or error.code == RESTING:
                    raise
                log.info("LinkedIn: %s again after %s", method, error.code)
            time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 – no secret
        return self._send_once(method, address, headers, body)

    def _send_once(
        self,
        method: str,
        address: str,
        headers: Mapping[str, str],
        body: bytes | None,
    ) -> Answer:
        patience, host = self.settings.patience, urlsplit(address).netloc
        self._breaker.check(host)
        try:
            response = self._session.request(
                method,
                address,
                headers=headers,
                data=body,
                timeout=(patience.connect, patience.answer),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            self._breaker.failed(host)
            code = type(error).__name__
            raise NotDone("LinkedIn could not be reached", code=code) from error
        found = {name.lower(): value for name, value in response.headers.items()}
        answer = Answer(response.status_code, found, response.content)
        self._breaker.answered(host, answer.status)
        if 200 <= answer.status < 300:
            return answer
        raise _repeatable(error_for(answer))


def _repeatable(error: ProviderError) -> ProviderError:
    """Doubt does no harm where a repeat does none."""
    if isinstance(error, OutcomeUnknown):
        return NotDone("LinkedIn is out of order", code=error.code)
    return error


def quiet_session(settings: LinkedInSettings) -> requests.Session:
    """A session that takes no proxy and no password from the environment."""
    session = requests.Session()
    session.trust_env = False
    session.verify = certificates(settings.ca_file)
    return session


def value_of(answer: Answer) -> dict[str, Any]:
    """The `value` that Rest.li actions answer with."""
    value = answer.said().get("value")
    if not isinstance(value, dict):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return value
