"""Calls to LinkedIn that may be repeated, for one person."""

import json
from typing import Any

from integrations.breaker import Breaker
from integrations.errors import Refused
from integrations.http_messages import Answer
from integrations.kept_connections import KeptConnections
from integrations.linkedin.answers import error_for
from integrations.linkedin.headers import rest_headers
from integrations.linkedin.settings import LinkedInSettings
from integrations.network import Access
from integrations.repeatable_calls import RepeatableCalls, Service


class Calls(RepeatableCalls):
    """A row of calls for one person, over one session; use it as a context manager."""

    def __init__(
        self,
        settings: LinkedInSettings,
        access: Access,
        breaker: Breaker | None = None,
        kept: KeptConnections | None = None,
        *,
        hurried: bool = False,
    ) -> None:
        """Nothing is sent yet; `hurried` while somebody waits for the answer."""
        self.settings = settings
        self.access = access
        patience = settings.patience
        service = Service(
            name="LinkedIn",
            error_for=error_for,
            connect_seconds=patience.connect,
            answer_seconds=patience.answer,
            pauses=patience.hurried_pauses if hurried else patience.pauses,
            all_seconds=patience.hurried_seconds if hurried else patience.seconds,
            ca_file=settings.ca_file,
        )
        super().__init__(service, breaker, kept)

    def rest(self, method: str, path: str, sent: Any = None) -> Answer:
        """A call under /rest; `path` is already encoded, `sent` becomes JSON."""
        headers = rest_headers(self.access, self.settings.version)
        body = None
        if sent is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(sent, separators=(",", ":")).encode()
        return self.send(method, f"{self.settings.api_base}{path}", headers, body)


def value_of(answer: Answer) -> dict[str, Any]:
    """The `value` that Rest.li actions answer with."""
    value = answer.said().get("value")
    if not isinstance(value, dict):
        raise Refused("LinkedIn's answer is not what we know", code="shape")
    return value
