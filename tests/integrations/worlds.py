"""Every network with its stand-in, behind one face, for tests of what all must offer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from urllib.parse import urljoin

import requests

from integrations.linkedin.client import LinkedIn
from integrations.linkedin.sign_on import LinkedInSignOn
from integrations.mastodon.client import Mastodon
from integrations.mastodon.sign_on import MastodonSignOn
from integrations.network import Access, Network, PostDraft, SignOn
from tests.integrations.linkedin_sandbox.serving import running_sandbox
from tests.integrations.mastodon_sandbox.serving import running_mastodon

NOWHERE = "http://127.0.0.1:9"
# What some network reads as markup, and signs of one to several code points.
TEXT = (
    "Ik werk bij Veenstroom (sinds 2019).\n\n"
    "Één ding: 2.300 huizen [eindelijk] van de lijst {nu} <b> & *echt* ~_| \\ 😀👩‍👩‍👧\n"
    "https://veenstroom.example/lijn_(41)?a=1&b=2#kaart #netbeheer #één_twee"
)


@dataclass(frozen=True)
class Shown:
    """A post as the stand-in shows it, whatever its network calls the parts."""

    id: str
    text: str
    public: bool
    deleted: bool
    alts: list[str] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """One network, somebody on it, and what one can do to it."""

    network: Network
    sign_on: SignOn
    access: Access
    out_of_reach: Network
    posts: Callable[[], list[Shown]]
    creates: Callable[[], int]
    set_fault: Callable[[str], None]
    revoke_all: Callable[[], None]
    walk_consent: Callable[..., str]
    saying_no: str  # what `walk_consent` calls it

    def post(self, draft: PostDraft) -> str:
        """Post all the way; the id of the post."""
        body = self.network.prepare(self.access, draft)
        return self.network.open_line(self.access).create(body)


@contextmanager
def linkedin_world() -> Iterator[World]:
    with running_sandbox() as sandbox:
        settings = sandbox.settings_for_client()
        away = sandbox.settings_for_client(
            oauth_base=NOWHERE, api_base=NOWHERE, site_base=NOWHERE
        )

        def posts():
            return [_of_linkedin(sandbox.address, one) for one in sandbox.posts()]

        yield World(
            LinkedIn(settings),
            LinkedInSignOn(settings),
            sandbox.access_for("Ivo Terpstra"),
            LinkedIn(away),
            posts,
            lambda: sandbox.creates,
            sandbox.set_fault,
            sandbox.revoke_all,
            sandbox.walk_consent,
            "cancel_authorize",
        )


def _of_linkedin(address, post):
    content = post["content"]
    pictures = content.get("multiImage", {}).get("images", [content.get("media", {})])
    return Shown(
        post["urn"],
        post["text"],
        post["visibility"] == "PUBLIC",
        post["deleted"],
        [one["altText"] for one in pictures if "altText" in one],
        [_bytes(address, one) for one in post["media"]],
    )


@contextmanager
def mastodon_world() -> Iterator[World]:
    with running_mastodon() as sandbox:
        settings = sandbox.settings_for_client()

        def posts():
            return [_of_mastodon(sandbox.address, one) for one in sandbox.statuses()]

        yield World(
            Mastodon(settings),
            MastodonSignOn(settings),
            sandbox.access_for("Ivo Terpstra"),
            Mastodon(sandbox.settings_for_client(base=NOWHERE)),
            posts,
            lambda: sandbox.creates,
            sandbox.set_fault,
            sandbox.revoke_all,
            sandbox.walk_consent,
            "deny",
        )


def _of_mastodon(address, status):
    media = status["media_attachments"]
    return Shown(
        status["id"],
        status["text"],
        status["visibility"] == "public",
        status["deleted"],
        [one["description"] for one in media if one["type"] == "image"],
        [_bytes(address, one["url"]) for one in media],
    )


def _bytes(address, media):
    return requests.get(urljoin(address, media), timeout=10).content


WORLDS: dict[str, Callable[[], AbstractContextManager[World]]] = {
    "linkedin": linkedin_world,
    "mastodon": mastodon_world,
}
