"""The page of a link that cannot be followed, the same whatever the reason."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from advocacy.links.fast_path import DATABASE_AWAY, PREFIX
from advocacy.people.access import open_to_all

RETRY_SECONDS = 30

blueprint = Blueprint("links", __name__)


@blueprint.get(PREFIX)
@open_to_all
def nowhere() -> ResponseReturnValue:
    """Reached through the fast path, which keeps the code to itself."""
    away = bool(request.environ.get(DATABASE_AWAY))
    headers = {"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}
    if away:
        headers["Retry-After"] = str(RETRY_SECONDS)
    page = render_template("links/nowhere.html", away=away)
    return page, 503 if away else 404, headers
