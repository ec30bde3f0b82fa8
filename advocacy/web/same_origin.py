"""Forms are taken from our own pages only, as the browser tells where one comes from.

It stands beside the token in the form (reliability.md 4.2, row 13). Scripts and old clients
say neither; for them the token alone decides.
"""

from urllib.parse import urlsplit

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.config import Settings
from advocacy.web.error_pages import error_page
from integrations.server_addresses import THIS_MACHINE

SAFE = {"GET", "HEAD", "OPTIONS"}
USUAL_PORTS = {"http": 80, "https": 443}


def install(app: Flask, settings: Settings) -> None:
    """Refuse what another site had a browser send. Nothing of it is read."""
    own = own_origins(settings.base_url)

    @app.before_request
    def refuse_foreign() -> ResponseReturnValue | None:
        if request.method in SAFE or _is_ours(own):
            return None
        sentence = _(
            "What was sent did not come from a page of this library, so nothing was done"
            " with it. Go back: what you wrote is still there. If it was yours, copy it,"
            " open the library at %(address)s, and send it from there.",
            address=settings.base_url,
        )
        return error_page(403, sentence, title=_("We did not take that"))


def own_origins(base_url: str) -> frozenset[str]:
    """What browsers call the service: once, or by every name of this machine."""
    parts = urlsplit(base_url)
    usual = parts.port in {None, USUAL_PORTS.get(parts.scheme)}
    port = "" if usual else f":{parts.port}"
    host = parts.hostname or ""
    names = THIS_MACHINE if host in THIS_MACHINE else {host}
    shown = [f"[{name}]" if ":" in name else name for name in names]
    return frozenset(f"{parts.scheme}://{name}{port}" for name in shown)


def _is_ours(own: frozenset[str]) -> bool:
    """Both headers are the browser's own: no page can set them."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    if site not in {None, "same-origin", "none"}:
        return False
    if origin == "null":  # hidden, as some do who want no referrers told
        return site == "same-origin"
    return origin is None or origin in own
