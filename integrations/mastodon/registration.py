"""Registering this installation as an app on a Mastodon server: once, by an administrator.

Any server takes any app; what it gives back belongs into the settings.
"""

from dataclasses import dataclass, field

from integrations.granted import token_in
from integrations.mastodon.calls import Calls
from integrations.mastodon.scopes import scopes_for
from integrations.mastodon.settings import MastodonSettings
from integrations.network import Capability


@dataclass(frozen=True)
class RegisteredApp:
    """What the server knows the app by."""

    client_id: str
    client_secret: str = field(repr=False)


def register_app(
    base: str, name: str, redirect_address: str, website: str
) -> RegisteredApp:
    """Make an app called `name`, which people read when they are asked.

    Raises `ValueError` for an address that is none, `NotDone`, `Refused`.
    """
    settings = MastodonSettings(base, "", "", redirect_address)
    wanted = {
        "client_name": name,
        "redirect_uris": redirect_address,
        "scopes": " ".join(sorted(scopes_for(frozenset(Capability)))),
        "website": website,
    }
    with Calls(settings) as calls:
        # Not repeated: each sending makes another app.
        said = calls.once("/api/v1/apps", wanted).said()
    client_id, secret = said.get("client_id"), said.get("client_secret")
    return RegisteredApp(token_in(client_id), token_in(secret))
