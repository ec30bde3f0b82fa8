"""The one call that creates a post at LinkedIn, and what its answer says."""

import http.client
from collections.abc import Mapping

import structlog

from integrations.breaker import Breaker
from integrations.create_line import CreateLine, Server, whole_body
from integrations.http_messages import Answer
from integrations.linkedin.addresses import post_id_from
from integrations.linkedin.answers import error_for
from integrations.linkedin.headers import rest_headers
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import Access

log = structlog.get_logger()

PATH = "/rest/posts"
TRACES = ("x-li-uuid", "x-li-fabric", "x-li-request-id")


class LinkedInLine:
    """An `OpenLine` to LinkedIn."""

    def __init__(
        self,
        settings: LinkedInSettings,
        access: Access,
        breaker: Breaker | None = None,
    ) -> None:
        """Connect. Raises `NotDone`: no byte of a request has left."""
        patience = settings.patience
        self._headers = rest_headers(access, settings.version) | {
            "Content-Type": "application/json"
        }
        server = Server(
            name="LinkedIn",
            base=settings.api_base,
            connect_seconds=patience.connect,
            answer_seconds=patience.answer,
            ca_file=settings.ca_file,
        )
        self._line = CreateLine(server, breaker or Breaker())

    def create(self, body: bytes) -> str | None:
        """Send `body` once; the post's URN, None when it is live without one."""
        return self._line.post(PATH, self._headers, body, _post_id)

    def close(self) -> None:
        """Let go of the connection."""
        self._line.close()


def _post_id(response: http.client.HTTPResponse) -> str | None:
    """Read the answer. Created is said by the head alone; other answers need a body."""
    headers = {name.lower(): value for name, value in response.getheaders()}
    urn = post_id_from(headers.get("x-restli-id"))
    if response.status == 201 or (response.status == 200 and urn):
        if urn is None:
            log.warning("post_without_id", **_traces(headers))
        return urn
    error = error_for(Answer(response.status, headers, whole_body(response)))
    log.warning("create_answered", code=error.code, **_traces(headers))
    raise error


def _traces(headers: Mapping[str, str]) -> dict[str, str]:
    """What LinkedIn's support asks for. Ids of the call, nothing of the person."""
    return {name: headers.get(name, "") for name in TRACES}
