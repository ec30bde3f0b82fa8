"""What the pretend server remembers. Times are seconds since 1970."""

from dataclasses import dataclass, field


@dataclass
class App:
    """A registered client."""

    client_id: str
    client_secret: str
    name: str
    redirect_addresses: list[str]
    scopes: list[str]


@dataclass
class Member:
    """Somebody with an account here. Never a real person."""

    id: str
    name: str
    username: str


@dataclass
class Code:
    """An authorization code: one use, one app, one address, and perhaps a challenge."""

    value: str
    member: str
    client_id: str
    redirect_address: str
    scopes: list[str]
    challenge: str
    made_at: float


@dataclass
class Token:
    """An access token; it does not end by itself."""

    value: str
    member: str
    client_id: str
    scopes: list[str]
    made_at: float
    revoked: bool = False


@dataclass
class Media:
    """An uploaded file and what it shows, in words."""

    id: str
    owner: str
    kind: str  # "image" or "video"
    content_type: str
    data: bytes
    description: str
    ready_at: float
    thumbnail: bytes = b""
    status: str = ""  # the one it is attached to


@dataclass
class Status:
    """A status as it was received."""

    id: str
    member: str
    text: str
    visibility: str
    received_at: float
    media: list[str] = field(default_factory=list)
    key: str = ""
    deleted: bool = False
