"""Calls to Mastodon that may be repeated, with one token."""

from integrations.breaker import Breaker
from integrations.forms_sent import Files
from integrations.http_messages import Answer
from integrations.mastodon.answers import error_for
from integrations.mastodon.settings import MastodonSettings
from integrations.repeatable_calls import RepeatableCalls, Sent, Service


class Calls(RepeatableCalls):
    """A row of calls; use it as a context manager."""

    def __init__(
        self,
        settings: MastodonSettings,
        token: str = "",
        breaker: Breaker | None = None,
        *,
        hurried: bool = False,
    ) -> None:
        """Nothing is sent yet; without a token the calls are nobody's.

        `hurried` while somebody waits for the answer.
        """
        self.patience = patience = settings.patience
        self._base = settings.base
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        service = Service(
            name="Mastodon",
            error_for=error_for,
            connect_seconds=patience.connect,
            answer_seconds=patience.answer,
            pauses=patience.hurried_pauses if hurried else patience.pauses,
            all_seconds=patience.hurried_seconds if hurried else patience.seconds,
            ca_file=settings.ca_file,
        )
        super().__init__(service, breaker)

    def api(
        self, method: str, path: str, data: Sent = None, files: Files | None = None
    ) -> Answer:
        """A call that does no harm when it is made twice."""
        return self.send(method, f"{self._base}{path}", self._headers, data, files)

    def once(self, path: str, data: dict[str, str]) -> Answer:
        """A form that counts each time it is sent."""
        return self.send_once("POST", f"{self._base}{path}", self._headers, data)
