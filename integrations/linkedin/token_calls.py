"""Calls about tokens at LinkedIn's OAuth addresses (linkedin.md 1.1): renew, ask, revoke.

All may be repeated: a refresh token stays as it is however often it is used (1.5). Trading
a code is none of them, as a code is good once.
"""

import re

from integrations.breaker import Breaker
from integrations.errors import NotDone, ProviderError, Refused
from integrations.http_messages import Answer
from integrations.linkedin.settings import LinkedInSettings
from integrations.repeatable_calls import RepeatableCalls, Service


class TokenCalls(RepeatableCalls):
    """A row of them; use it as a context manager."""

    def __init__(self, settings: LinkedInSettings, breaker: Breaker) -> None:
        """Nothing is sent yet."""
        self._base = f"{settings.oauth_base}/oauth/v2"
        self._client = {
            "client_id": settings.client_id,
            "client_secret": settings.client_secret,
        }
        patience = settings.patience
        service = Service(
            name="LinkedIn",
            error_for=_error_for,
            connect_seconds=patience.connect,
            answer_seconds=patience.answer,
            pauses=patience.hurried_pauses,
            all_seconds=patience.hurried_seconds,
            ca_file=settings.ca_file,
        )
        super().__init__(service, breaker)

    def ask(self, path: str, fields: dict[str, str]) -> Answer:
        """Send a form with our client's id and secret in it."""
        return self.send("POST", f"{self._base}/{path}", {}, fields | self._client)


def _error_for(answer: Answer) -> ProviderError:
    """A refusal in OAuth's words; anything else proves nothing about a token."""
    said = answer.said().get("error")
    if answer.status in {400, 401} and said:
        known = re.fullmatch(r"[a-z_]{1,60}", str(said))
        return Refused("LinkedIn refused it", code=str(said) if known else "")
    return NotDone("LinkedIn is out of order", code=str(answer.status))
