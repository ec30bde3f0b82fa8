"""The pretend Mastodon server over real HTTP, for any test that posts."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from flask import Flask
from werkzeug.serving import make_server

from integrations.mastodon.settings import MastodonSettings, Patience
from integrations.mastodon_sandbox.app import create_sandbox
from integrations.mastodon_sandbox.apps import new_app
from integrations.mastodon_sandbox.memory import Memory
from integrations.mastodon_sandbox.settings import SandboxSettings
from integrations.network import Access

POSTING = ("read:accounts", "write:media", "write:statuses")
HASTY = Patience(
    connect=2,
    answer=10,
    pauses=(0.01, 0.01),
    hurried_pauses=(0.01, 0.01),
    media=5,
    media_pause=0.02,
)


@dataclass
class RunningMastodon:
    """A pretend server that answers at `address`."""

    address: str
    app: Flask

    @property
    def memory(self) -> Memory:
        memory = self.app.extensions["mastodon_sandbox"]
        assert isinstance(memory, Memory)
        return memory

    @property
    def creates(self) -> int:
        """How many create calls arrived, whatever became of them."""
        return self.memory.creates

    def statuses(self) -> list[dict[str, Any]]:
        """All statuses, oldest first: id, text, visibility, media_attachments, …"""
        address = f"{self.address}/sandbox/statuses.json"
        return list(requests.get(address, timeout=10).json()["statuses"])

    def set_fault(self, name: str, times: int = 1) -> None:
        sent = {"fault": name, "times": times}
        answer = requests.post(f"{self.address}/sandbox/faults", json=sent, timeout=10)
        assert answer.status_code == 204, answer.text

    def revoke_all(self) -> None:
        """As if all members took their permission back."""
        requests.post(f"{self.address}/sandbox/tokens/revoked", timeout=10)

    def settings_for_client(
        self, redirect_address: str = "http://localhost/back", **changes: Any
    ) -> MastodonSettings:
        """Settings of a client that is registered here; it waits for nothing long."""
        app = new_app(self.memory, "Library", [redirect_address], list(POSTING))
        given: dict[str, Any] = {
            "base": self.address,
            "client_id": app.client_id,
            "client_secret": app.client_secret,
            "redirect_address": redirect_address,
            "patience": HASTY,
        }
        return MastodonSettings(**given | changes)

    def access_for(self, name: str, scopes: tuple[str, ...] = POSTING) -> Access:
        """What a finished sign-on would give, without the round."""
        with self.memory.lock:
            member = self.memory.member_named(name)
            token = self.memory.new_token(member.id, "an-app", list(scopes))
            return Access(token.value, member.id)

    def walk_consent(
        self, address: str, name: str = "Ivo Terpstra", decision: str = "allow"
    ) -> str:
        """Fill in the consent screen at `address`; where it leads back to."""
        assert requests.get(address, timeout=10).status_code == 200
        form = dict(parse_qsl(urlsplit(address).query))
        answer = requests.post(
            address.partition("?")[0],
            data=form | {"member": name, "decision": decision},
            allow_redirects=False,
            timeout=10,
        )
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


@contextmanager
def running_mastodon(**settings: Any) -> Iterator[RunningMastodon]:
    """Serve a new server, forgotten at the end; `settings` as in SandboxSettings."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = create_sandbox(SandboxSettings(**settings))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield RunningMastodon(f"http://127.0.0.1:{server.server_port}", app)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
