"""The line for one create call: connected beforehand, used once, given up in time.

Neither requests nor urllib3 is used here. Both can be told not to repeat a request;
this file cannot repeat one, because nothing in it is able to open a second connection.
"""

import http.client
import logging
import ssl
from collections.abc import Mapping
from time import monotonic
from urllib.parse import urlsplit

from integrations.errors import NotDone, OutcomeUnknown
from integrations.linkedin.addresses import post_id_from
from integrations.linkedin.answers import Answer, error_for
from integrations.linkedin.headers import rest_headers
from integrations.linkedin.settings import LinkedInSettings
from integrations.linkedin.timed_reading import TimedSocket
from integrations.linkedin.trust import tls_context
from integrations.network import Access

log = logging.getLogger(__name__)

PATH = "/rest/posts"
LONGEST_ANSWER = 256 * 1024
TRACES = ("x-li-uuid", "x-li-fabric", "x-li-request-id")


class LinkedInLine:
    """An `OpenLine` to LinkedIn."""

    def __init__(self, settings: LinkedInSettings, access: Access) -> None:
        """Connect, TLS included. Raises `NotDone`: no byte of a request has left."""
        self._answer_seconds = settings.patience.answer
        self._headers = rest_headers(access, settings.version) | {
            "Content-Type": "application/json",
            "Connection": "close",
        }
        self._used = False
        self._connection = _connection(settings)
        # A connection that has ended stays ended: no silent second one.
        self._connection.auto_open = 0
        try:
            self._connection.connect()
        except OSError as error:
            self._connection.close()
            raise NotDone("LinkedIn could not be reached", code="connect") from error

    def create(self, body: bytes) -> str | None:
        """Send `body` once; the post's URN, None when it is live without one."""
        if self._used:
            raise RuntimeError("a line serves one create call")
        self._used = True
        try:
            self._stop_if_ended()
            return self._send(body)
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _stop_if_ended(self) -> None:
        """A line that ended while it waited is found out before the first byte."""
        sock = self._connection.sock
        if sock is None:
            raise NotDone("the line was closed before it was used", code="connect")
        sock.settimeout(0)
        try:
            sock.recv(1)
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except OSError as error:
            raise NotDone(
                "the line broke before it was used", code="connect"
            ) from error
        raise NotDone("LinkedIn ended the line before it was used", code="connect")

    def _send(self, body: bytes) -> str | None:
        until = monotonic() + self._answer_seconds
        sock = self._connection.sock
        sock.settimeout(self._answer_seconds)
        try:
            self._connection.request("POST", PATH, body, self._headers)
            timed = TimedSocket(sock, until)
            response = http.client.HTTPResponse(
                timed,  # type: ignore[arg-type] # only reads from it
                method="POST",
            )
            with response:
                response.begin()
                timed.head_is_read()
                return _post_id(response)
        except (OSError, http.client.HTTPException) as error:
            reason = "the line broke after the post was sent"
            raise OutcomeUnknown(reason, code=type(error).__name__) from error


def _connection(settings: LinkedInSettings) -> http.client.HTTPConnection:
    parts = urlsplit(settings.api_base)
    host, seconds = parts.hostname or "", settings.patience.connect
    if parts.scheme == "http":
        return http.client.HTTPConnection(host, parts.port, timeout=seconds)
    context = tls_context(settings.ca_file)
    return http.client.HTTPSConnection(
        host, parts.port, timeout=seconds, context=context
    )


def _post_id(response: http.client.HTTPResponse) -> str | None:
    """Read the answer. Created is said by the head alone; other answers need a body."""
    headers = {name.lower(): value for name, value in response.getheaders()}
    urn = post_id_from(headers.get("x-restli-id"))
    if response.status == 201 or (response.status == 200 and urn):
        if urn is None:
            log.warning("a post is live without a readable id", extra=_traces(headers))
        return urn
    body = response.read(LONGEST_ANSWER)
    if response.length:
        raise http.client.IncompleteRead(body, response.length)
    error = error_for(Answer(response.status, headers, body))
    log.warning("create answered %s", error.code, extra=_traces(headers))
    raise error


def _traces(headers: Mapping[str, str]) -> dict[str, str]:
    """What LinkedIn's support asks for. Ids of the call, nothing of the person."""
    return {name: headers.get(name, "") for name in TRACES}
