"""What any social network must offer, so that a second one is one folder beside `linkedin/`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol


class Visibility(StrEnum):
    """Who may see a post."""

    PUBLIC = "public"
    CONNECTIONS = "connections"


class Capability(StrEnum):
    """What a person can let a network do for them; each network knows its own scopes."""

    POST = "post"
    FIGURES = "figures"  # read how the person's own posts are doing, for that person


class Figure(StrEnum):
    """What a network counts about a post."""

    SHOWN = "shown"  # how often, to anybody
    REACHED = "reached"  # different people
    REACTIONS = "reactions"
    COMMENTS = "comments"
    RESHARES = "reshares"


@dataclass(frozen=True)
class Access:
    """What a person granted: the token and who it speaks for. Never logged, never shown."""

    token: str = field(repr=False)
    member_id: str


@dataclass(frozen=True)
class Grant:
    """The answer of a finished sign-on round."""

    token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    scopes: frozenset[str]
    expires_at: datetime
    refresh_expires_at: datetime | None
    member_id: str
    member_name: str


@dataclass(frozen=True)
class Card:
    """A link's card. Networks do not fetch the page: title and description are ours."""

    address: str
    title: str
    description: str
    picture: Path | None = None


@dataclass(frozen=True)
class Picture:
    """One picture on disk, re-encoded, and its description for people who cannot see it."""

    file: Path
    alt: str


@dataclass(frozen=True)
class Video:
    """One video on disk (MP4), with captions (WebVTT) and a still (JPEG) if there are any."""

    file: Path
    title: str
    captions: Path | None = None
    poster: Path | None = None


@dataclass(frozen=True)
class Document:
    """One document on disk (PDF) and the title it is shown with."""

    file: Path
    title: str


@dataclass(frozen=True)
class Mention:
    """An organisation that the text names as `@name`, and what the network calls it."""

    name: str
    id: str


@dataclass(frozen=True)
class PostDraft:
    """Everything a post consists of: at most one of card, pictures, video and document.

    Every `@name` of `mentions` in the text becomes a link to that organisation.
    """

    text: str
    visibility: Visibility = Visibility.PUBLIC
    card: Card | None = None
    pictures: Sequence[Picture] = ()
    video: Video | None = None
    document: Document | None = None
    mentions: Sequence[Mention] = ()


@dataclass(frozen=True)
class DayLimits:
    """The most calls a network takes between two midnights UTC; None: it does not say."""

    member: int | None = None
    app: int | None = None


class Network(Protocol):
    """Posting for one person. Errors: `integrations.errors`."""

    @property
    def day_limits(self) -> DayLimits:
        """What the network allows; who posts keeps count (linkedin.md 6.1)."""

    @property
    def repeat_is_safe(self) -> bool:
        """Whether the same frozen body sent twice is one post: the network sees to it."""

    @property
    def longest_text(self) -> int:
        """The most that `length` may say of a post's text."""

    @property
    def link_in_text(self) -> bool:
        """Whether it makes a link's card itself, of an address that stands in the text."""

    @property
    def most_pictures(self) -> int:
        """How many pictures one post may have."""

    def calls_for(self, draft: PostDraft) -> int:
        """The calls that uploading and posting `draft` takes when all goes well."""

    def served_until(self) -> date | None:
        """The day our version of the interface ends; None where versions do not end."""

    def length(self, text: str, mentions: Sequence[Mention] = ()) -> int:
        """The length of `text` as the network counts it, with those it may name."""

    def prepare(self, access: Access, draft: PostDraft) -> bytes:
        """Upload the media and freeze the request body: canonical bytes, no token inside.

        Repeatable: what an earlier try left on the network is invisible to its members.
        """

    def open_line(self, access: Access) -> "OpenLine":
        """Connect (TCP and TLS) before the intent is recorded: a failure here sent nothing."""

    def delete(self, access: Access, post_id: str) -> None:
        """Take a post of ours off the network; done twice it is still done."""

    def post_address(self, post_id: str) -> str:
        """Where people can see the post."""

    def activity_address(self) -> str:
        """Where the person sees their own latest posts, to look whether one is there."""

    def composer_address(self, text: str) -> str:
        """The network's own composer, with `text` in it where the network allows that."""


class OpenLine(Protocol):
    """One connection, for exactly one create call."""

    def create(self, body: bytes) -> str | None:
        """Send `body` once, with no repeat at any layer; the post's id, None if live without one.

        Raises NotDone, Refused and its kinds, or OutcomeUnknown.
        """

    def close(self) -> None:
        """Let go of the connection; harmless when called twice."""


class FigureReader(Protocol):
    """Reading the figures of a person's own post. Errors: `integrations.errors`."""

    @property
    def day_limits(self) -> DayLimits:
        """What the network allows an app that reads figures; who reads keeps count."""

    @property
    def calls_each(self) -> int:
        """The calls that the figures of one post take."""

    def figures(self, access: Access, post_id: str) -> Mapping[Figure, int]:
        """What the network counted so far; what it does not know yet is left out."""


class TokenState(StrEnum):
    """What a network says of a token it gave out."""

    ACTIVE = "active"
    EXPIRED = "expired"
    REVOKED = "revoked"


class SignOn(Protocol):
    """Connecting a person's account (OAuth)."""

    def scopes_for(self, wanted: frozenset[Capability]) -> frozenset[str]:
        """The scopes that these need, and no others."""

    def authorize_address(self, state: str, scopes: frozenset[str]) -> str:
        """Where to send the browser."""

    def finish(self, address: str, state: str) -> Grant:
        """Trade the code in the call-back's address for a grant.

        Raises `SignOnCancelled`, `Refused` (bad code or client), `NotDone` (not reachable).
        """

    def refresh(self, refresh_token: str, member_id: str) -> Grant:
        """Trade a refresh token for a new grant, without the person.

        Raises `Refused` when only the person can connect again, `NotDone` to try later.
        """

    def token_state(self, token: str) -> TokenState:
        """Ask about a token without using it up.

        Raises `Refused` when the network cannot tell, `NotDone` to try later.
        """

    def revoke(self, token: str) -> bool:
        """Ask the network to forget a token, best effort; False when it could not be told."""


class SignOnCancelled(Exception):
    """The person said no on the network's own consent screen."""
