"""What any social network must offer, so that a second one is one folder beside `linkedin/`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
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
    """One video on disk (MP4), with its title and captions (WebVTT) if there are any."""

    file: Path
    title: str
    captions: Path | None = None


@dataclass(frozen=True)
class PostDraft:
    """Everything a post consists of. At most one of card, pictures and video is set."""

    text: str
    visibility: Visibility = Visibility.PUBLIC
    card: Card | None = None
    pictures: Sequence[Picture] = ()
    video: Video | None = None


class Network(Protocol):
    """Posting for one person. Errors: `integrations.errors`."""

    def length(self, text: str) -> int:
        """The length of `text` as the network counts it."""

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

    def revoke(self, token: str) -> bool:
        """Ask the network to forget a token, best effort; False when it could not be told."""


class SignOnCancelled(Exception):
    """The person said no on the network's own consent screen."""
