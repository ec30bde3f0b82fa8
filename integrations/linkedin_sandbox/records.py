"""What the pretend network remembers. Times are seconds since 1970, for JSON."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Member:
    """Somebody with an account here. Never a real person."""

    sub: str
    name: str


@dataclass
class Code:
    """An authorization code: one use, one client, one address."""

    value: str
    sub: str
    client_id: str
    redirect_address: str
    scopes: list[str]
    made_at: float
    used: bool = False


@dataclass
class Token:
    """An access token, and how many calls it will still be unknown for."""

    value: str
    sub: str
    scopes: list[str]
    made_at: float
    expires_at: float
    status: str = "active"
    unknown_for: int = 0
    client_id: str = ""


@dataclass
class RefreshToken:
    """What a partner's app gets besides. Its end stays where it is, however often used."""

    value: str
    client_id: str
    sub: str
    scopes: list[str]
    expires_at: float
    status: str = "active"


@dataclass
class Part:
    """One part of a video: which bytes it must hold, and what was given for it."""

    first: int
    last: int
    etag: str = ""


@dataclass
class Asset:
    """A picture, video or document. Its bytes are in the media folder, under its number."""

    number: int
    kind: str
    owner: str
    made_at: float
    size: int = 0
    upload_token: str = ""
    parts: list[Part] = field(default_factory=list)
    wants_captions: bool = False
    has_captions: bool = False
    wants_poster: bool = False
    has_poster: bool = False
    content_type: str = ""
    digest: str = ""
    finished_at: float | None = None
    failure: str = ""

    @property
    def urn(self) -> str:
        """Its name on the network."""
        return f"urn:li:{self.kind}:{name_of(self.number)}"


@dataclass
class Post:
    """A post as it was received and as it is shown."""

    urn: str
    author: str
    text: str
    received_at: float
    body: str = ""
    commentary: str = ""
    cut_at: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    content: dict[str, Any] = field(default_factory=dict)
    sameness: str = ""
    visibility: str = "PUBLIC"
    by_hand: bool = False
    deleted: bool = False


def name_of(number: int) -> str:
    """Media names look like LinkedIn's, and hold the number we find them by."""
    return f"D4E{number:016d}"
