"""Registering an app: anybody may, and is told its id and secret once."""

import secrets
from urllib.parse import urlsplit

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.mastodon_sandbox.memory import Memory, memory
from integrations.mastodon_sandbox.records import App
from integrations.mastodon_sandbox.refusals import invalid

blueprint = Blueprint("apps", __name__)

SCOPES = {
    "read",
    "read:accounts",
    "write",
    "write:media",
    "write:statuses",
    "profile",
}


@blueprint.post("/api/v1/apps")
def register() -> ResponseReturnValue:
    """Form or JSON, as on the real server."""
    given = request.get_json(silent=True) or request.form
    name = str(given.get("client_name", ""))
    addresses = given.get("redirect_uris", "")
    if isinstance(addresses, str):
        addresses = addresses.split()
    wanted = str(given.get("scopes") or "read").split()
    if not name:
        raise invalid("Application name can't be blank")
    if not addresses or not all(_absolute(one) for one in addresses):
        raise invalid("Redirect URI must be an absolute URI.")
    if not SCOPES.issuperset(wanted):
        raise invalid("Scopes doesn't match configured on the server.")
    with memory().lock:
        app = new_app(memory(), name, addresses, wanted)
    return jsonify(
        id=str(len(memory().apps)),
        name=app.name,
        website=given.get("website") or None,
        scopes=app.scopes,
        redirect_uri="\n".join(app.redirect_addresses),
        redirect_uris=app.redirect_addresses,
        client_id=app.client_id,
        client_secret=app.client_secret,
        client_secret_expires_at=0,
    )


def new_app(memory: Memory, name: str, addresses: list[str], scopes: list[str]) -> App:
    """Remember an app under a new id."""
    client_id, secret = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    app = App(client_id, secret, name, addresses, scopes)
    memory.apps[app.client_id] = app
    return app


def _absolute(address: object) -> bool:
    parts = urlsplit(str(address))
    return bool(parts.scheme and parts.netloc) and not parts.fragment
