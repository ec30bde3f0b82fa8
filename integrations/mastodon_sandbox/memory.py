"""The pretend server's memory: behind one lock, and gone when the process ends."""

import re
import secrets
import threading
import unicodedata

from flask import current_app

from integrations.clock import now
from integrations.mastodon_sandbox.records import (
    App,
    Code,
    Media,
    Member,
    Status,
    Token,
)
from integrations.mastodon_sandbox.settings import SandboxSettings

FIRST_ID = 113_000_000_000_000_000


class Memory:
    """Everything the server knows. Hold `lock` while you look and change."""

    def __init__(self, settings: SandboxSettings) -> None:
        """A new server, with nobody on it."""
        self.settings = settings
        self.lock = threading.RLock()
        self.apps: dict[str, App] = {}
        self.members: dict[str, Member] = {}
        self.codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}
        self.media: dict[str, Media] = {}
        self.statuses: dict[str, Status] = {}
        # Which status a member's key made, and when.
        self.keys: dict[tuple[str, str], tuple[str, float]] = {}
        self.fault = "behave"
        self.fault_times = 0
        self.creates = 0  # create calls, whatever became of them
        self._last = FIRST_ID

    def next_id(self) -> str:
        """An id not given out before; ids of the real server are numbers too."""
        self._last += secrets.randbelow(1000) + 1
        return str(self._last)

    def member_named(self, name: str) -> Member:
        """The member of that name, made when new. The same name is the same member."""
        for member in self.members.values():
            if member.name == name:
                return member
        member = Member(self.next_id(), name, self._username(name))
        self.members[member.id] = member
        return member

    def _username(self, name: str) -> str:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
        base = re.sub(r"\W+", "_", plain.lower()).strip("_") or "member"
        taken = {member.username for member in self.members.values()}
        return base if base not in taken else f"{base}_{len(taken)}"

    def new_token(self, member: str, client_id: str, scopes: list[str]) -> Token:
        """A token for these scopes."""
        moment = now().timestamp()
        value = secrets.token_urlsafe(32)
        token = Token(value, member, client_id, scopes, moment)
        self.tokens[token.value] = token
        return token

    def forget_statuses(self) -> None:
        """Empty the feed; members, apps and tokens stay."""
        self.statuses.clear()
        self.media.clear()
        self.keys.clear()


def memory() -> Memory:
    """The memory of the server that is answering."""
    found = current_app.extensions["mastodon_sandbox"]
    assert isinstance(found, Memory)
    return found
