"""What an installation decides about its Mastodon server."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from integrations.server_addresses import is_server


@dataclass(frozen=True)
class Patience:
    """How long we wait for what, in seconds."""

    connect: float = 5
    answer: float = 30
    # Between the tries of a call that may be repeated: six tries in all. So long all of
    # them may take together; what is sent adds its own time (`bounded_http`).
    pauses: tuple[float, ...] = (0.5, 1, 2, 4, 8)
    seconds: float = 90
    # The same where a person waits, or a token that nobody else may renew meanwhile.
    hurried_pauses: tuple[float, ...] = (0.2, 0.4, 0.8, 1.6, 3.2)
    hurried_seconds: float = 30
    # Until a film, or a large picture, is ready to be shown.
    media: float = 240
    media_pause: float = 2


@dataclass(frozen=True)
class MastodonSettings:
    """Read once by the configuration; nobody here looks at the environment."""

    base: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_address: str
    # Mastodon's tokens do not end by themselves; people are told that ours do.
    token_days: int = 60
    # Certificates to trust instead of the usual ones (a file in PEM form).
    ca_file: str | None = None
    patience: Patience = Patience()

    def __post_init__(self) -> None:
        """Fail at the start, not at the first post."""
        object.__setattr__(self, "base", server_base(self.base))

    @property
    def host(self) -> str:
        """The part of people's handles that names the server."""
        return urlsplit(self.base).netloc


def server_base(address: str) -> str:
    """The server's address without a slash at the end; ValueError when it is none."""
    if not is_server(address):
        reason = "a Mastodon server's address is https:// and its name, and ends there"
        raise ValueError(reason)
    return address.rstrip("/")
