"""The pretend network over real HTTP, for any test that posts."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from flask import Flask
from werkzeug.serving import make_server

from integrations.linkedin.settings import LinkedInSettings, Patience
from integrations.linkedin_sandbox.app import create_sandbox
from integrations.linkedin_sandbox.apps import apps
from integrations.linkedin_sandbox.fault_choice import set_fault
from integrations.linkedin_sandbox.given_tokens import new_token
from integrations.linkedin_sandbox.memory import Memory
from integrations.linkedin_sandbox.settings import SandboxSettings
from integrations.network import Access

POSTING = ("openid", "profile", "w_member_social")
FIGURES = ("r_basicprofile", "r_member_postAnalytics")
HASTY = Patience(
    connect=2,
    answer=10,
    pauses=(0.01, 0.01),
    hurried_pauses=(0.01, 0.01),
    fresh_token=(0.01, 0.01, 0.01),
    blind=0,
    video=(0.02,) * 8,
)


@dataclass
class RunningSandbox:
    """A pretend network that answers at `address`."""

    address: str
    app: Flask

    @property
    def memory(self) -> Memory:
        memory = self.app.extensions["linkedin_sandbox"]
        assert isinstance(memory, Memory)
        return memory

    @property
    def creates(self) -> int:
        """How many create calls arrived, whatever became of them."""
        return len(self.memory.creates_log)

    def posts(self) -> list[dict[str, Any]]:
        """All posts, oldest first: text, commentary, body, content, urn, author, …"""
        found = requests.get(f"{self.address}/sandbox/posts.json", timeout=10).json()
        return list(found["posts"])

    def set_fault(self, name: str, times: int = 1) -> None:
        with self.memory.lock:
            set_fault(self.memory, name, times)

    def revoke_all(self, status: str = "revoked") -> None:
        """As if all members took their permission back (or "expired")."""
        requests.post(f"{self.address}/sandbox/tokens/{status}", timeout=10)

    def settings_for_client(
        self, redirect_address: str = "http://localhost/back", **changes: Any
    ) -> LinkedInSettings:
        """Settings of a client that is registered here; it waits for nothing long."""
        self.memory.redirect_addresses.add(redirect_address)
        given: dict[str, Any] = {
            "client_id": self.memory.settings.client_id,
            "client_secret": self.memory.settings.client_secret,
            "redirect_address": redirect_address,
            "oauth_base": self.address,
            "api_base": self.address,
            "site_base": self.address,
            "patience": HASTY,
        }
        return LinkedInSettings(**given | changes)

    def settings_for_figures(
        self, redirect_address: str = "http://localhost/figures/back", **changes: Any
    ) -> LinkedInSettings:
        """The same for the second app."""
        own = {
            "client_id": self.memory.settings.figures_client_id,
            "client_secret": self.memory.settings.figures_client_secret,
        }
        return self.settings_for_client(redirect_address, **own | changes)

    def access_for(self, name: str, scopes: tuple[str, ...] = POSTING) -> Access:
        """What a finished sign-on would give, without the round."""
        return self._access(0, name, scopes)

    def figures_access_for(self, name: str) -> Access:
        """The same for the second app, which reads figures."""
        return self._access(1, name, FIGURES)

    def _access(self, number: int, name: str, scopes: tuple[str, ...]) -> Access:
        app = apps(self.memory.settings)[number]
        with self.memory.lock:
            member = self.memory.member_named(name)
            with self.app.app_context():
                token = new_token(member.sub, list(scopes), app.client_id)
            return Access(token.value, app.id_of(member.sub))

    def walk_consent(
        self, address: str, name: str = "Ivo Terpstra", decision: str = "allow"
    ) -> str:
        """Fill in the consent screen at `address`; where it leads back to."""
        query = urlsplit(address).query
        form = dict(parse_qsl(query))
        answer = requests.post(
            address.partition("?")[0],
            data=form | {"member": name, "decision": decision},
            allow_redirects=False,
            timeout=10,
        )
        assert answer.status_code == 302, answer.text
        return answer.headers["Location"]


@contextmanager
def running_sandbox(**settings: Any) -> Iterator[RunningSandbox]:
    """Serve a new network, forgotten at the end; `settings` as in SandboxSettings."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with TemporaryDirectory() as folder:
        given = {"folder": Path(folder)} | settings
        app = create_sandbox(SandboxSettings(**given))
        server = make_server("127.0.0.1", 0, app, threaded=True)
        thread = threading.Thread(
            target=server.serve_forever, args=(0.02,), daemon=True
        )
        thread.start()
        try:
            yield RunningSandbox(f"http://127.0.0.1:{server.server_port}", app)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
