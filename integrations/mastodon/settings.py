"""What an installation decides about its Mastodon server."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


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
    base = address.rstrip("/")
    try:
        parts = urlsplit(base)
        _ = parts.port  # which is read only now
    except ValueError as error:
        raise ValueError("this cannot be a Mastodon server's address") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("a Mastodon server's address starts with https://")
    if parts.path or parts.query or parts.fragment or parts.username:
        raise ValueError("a Mastodon server's address ends after the host")
    return base
