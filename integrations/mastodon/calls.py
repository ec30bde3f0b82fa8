"""Calls that may be repeated: uploads, looks, deletes. Posting a status is not."""

import logging
import random
import time
from collections.abc import Mapping
from typing import Any, Self

import certifi
import requests

from integrations.errors import NotDone, OutcomeUnknown, ProviderError
from integrations.mastodon.answers import Answer, error_for
from integrations.mastodon.settings import MastodonSettings

log = logging.getLogger(__name__)


class Calls:
    """A row of calls with one token, over one session; use it as a context manager."""

    def __init__(self, settings: MastodonSettings, token: str = "") -> None:
        """Nothing is sent yet; without a token the calls are nobody's."""
        self.patience = settings.patience
        self._base = settings.base
        self._session = requests.Session()
        # No proxy and no password from the environment.
        self._session.trust_env = False
        self._session.verify = settings.ca_file or certifi.where()
        if token:
            self._session.headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_problem: object) -> None:
        """Close the connections."""
        self._session.close()

    def send(self, method: str, path: str, **body: Any) -> Answer:
        """Send until there is a clear answer. Raises `NotDone` or `Refused`."""
        for pause in self.patience.pauses:
            try:
                return self.send_once(method, path, **body)
            except NotDone as error:
                if error.wait:
                    raise
                log.info("Mastodon: %s again after %s", method, error.code)
            time.sleep(pause * random.uniform(0.8, 1.2))  # noqa: S311 – no secret
        return self.send_once(method, path, **body)

    def send_once(self, method: str, path: str, **body: Any) -> Answer:
        """The same without a second try. `body` as requests takes it: data, files."""
        try:
            response = self._session.request(
                method,
                f"{self._base}{path}",
                timeout=(self.patience.connect, self.patience.answer),
                allow_redirects=False,
                **body,
            )
        except requests.RequestException as error:
            code = type(error).__name__
            raise NotDone("Mastodon could not be reached", code=code) from error
        answer = Answer(response.status_code, _small(response), response.content)
        if 200 <= answer.status < 300:
            return answer
        raise _repeatable(error_for(answer))


def _small(response: requests.Response) -> Mapping[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}


def _repeatable(error: ProviderError) -> ProviderError:
    """Doubt does no harm where a repeat does none."""
    if isinstance(error, OutcomeUnknown):
        return NotDone("Mastodon is out of order", code=error.code)
    return error
