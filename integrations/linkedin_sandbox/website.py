"""The sample organisation's website: pages for links to lead to."""

import json
from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.sending import file_under

blueprint = Blueprint("website", __name__, url_prefix="/website")


def _site() -> dict[str, Any]:
    """`{"name", "pages": {slug: {title, description, picture, lang, body}}}`."""
    file = memory().settings.website
    if file is None or not file.exists():
        return {"name": "Sample organisation", "pages": {}}
    site = json.loads(file.read_text())
    assert isinstance(site, dict)
    return site


@blueprint.get("/<slug>")
def page(slug: str) -> ResponseReturnValue:
    """The page of that name, or one that says what it stands for."""
    site = _site()
    found = {
        "title": slug.replace("-", " ").capitalize(),
        "description": "A page of the sample organisation's pretend website.",
        "picture": "",
        "lang": "en",
        "body": [],
    } | site["pages"].get(slug, {})
    shown = ""
    if found["picture"]:
        shown = url_for("website.picture", name=found["picture"], _external=True)
    return render_template(
        "sandbox/website.html", site=site["name"], page=found, picture=shown
    )


@blueprint.get("/pictures/<path:name>")
def picture(name: str) -> Response:
    """A picture from beside the JSON file."""
    file = memory().settings.website
    return file_under(file.parent if file else None, name)
