"""Clients that wait for hardly anything, and how answers to them begin."""

from typing import Any

from integrations.linkedin.settings import Patience
from integrations.mastodon.settings import MastodonSettings
from integrations.mastodon.settings import Patience as MastodonPatience
from integrations.network import Access
from tests.integrations.linkedin.scripted import settings_for

ACCESS = Access("the-token", "17")
BACK = "http://localhost/back"
URN = "urn:li:share:1"
ONCE: dict[str, Any] = {"pauses": (), "hurried_pauses": ()}
# Long enough for an answer that comes at once, however busy the machine is.
LINKEDIN = Patience(connect=2, answer=0.3, blind=0, fresh_token=(), **ONCE)
MASTODON = MastodonPatience(connect=2, answer=0.3, **ONCE)
# How a good answer begins, for servers that say each byte themselves.
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def linkedin(address):
    """Settings of such a client, for whatever answers at `address`."""
    return settings_for(address, patience=LINKEDIN, redirect_address=BACK)


def mastodon(address):
    """The same for a Mastodon server."""
    return MastodonSettings(address, "id", "secret", BACK, patience=MASTODON)
