"""The one call that posts a status, and what its answer says."""

import http.client

import structlog

from integrations.breaker import Breaker
from integrations.create_line import CreateLine, Server, whole_body
from integrations.http_messages import Answer
from integrations.mastodon.answers import error_for, id_in
from integrations.mastodon.frozen import opened
from integrations.mastodon.settings import MastodonSettings
from integrations.network import Access

log = structlog.get_logger()

PATH = "/api/v1/statuses"


class MastodonLine:
    """An `OpenLine` to a Mastodon server."""

    def __init__(
        self, settings: MastodonSettings, access: Access, breaker: Breaker
    ) -> None:
        """Connect. Raises `NotDone`: no byte of a request has left."""
        self._headers = {
            "Authorization": f"Bearer {access.token}",
            "Content-Type": "application/json",
        }
        server = Server(
            name="Mastodon",
            base=settings.base,
            connect_seconds=settings.patience.connect,
            answer_seconds=settings.patience.answer,
            ca_file=settings.ca_file,
        )
        self._line = CreateLine(server, breaker)

    def create(self, body: bytes) -> str | None:
        """Send `body` once; the status's id, also when an earlier sending made it."""
        try:
            parts = opened(body)
            headers = self._headers | {"Idempotency-Key": parts.key}
            return self._line.post(PATH, headers, parts.status, _status_id)
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()


def _status_id(response: http.client.HTTPResponse) -> str | None:
    """The id stands in the body, so the answer counts when all of it has come."""
    headers = {name.lower(): value for name, value in response.getheaders()}
    answer = Answer(response.status, headers, whole_body(response))
    if answer.status == 200 and (found := id_in(answer)):
        return found
    error = error_for(answer)
    log.warning("create_answered", code=error.code)
    raise error
