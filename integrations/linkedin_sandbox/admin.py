"""Handles for whoever tries things out: faults, tokens, a look inside."""

from dataclasses import asdict

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.faults import FAULTS, set_fault
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.post_content import assets_of
from integrations.linkedin_sandbox.shown_posts import media_address

blueprint = Blueprint("admin", __name__, url_prefix="/sandbox")


def _done() -> ResponseReturnValue:
    """A page for people, nothing for programs."""
    if request.accept_mimetypes.accept_html and "html" in str(request.accept_mimetypes):
        return redirect(url_for("pages.feed"), 303)
    return "", 204


@blueprint.post("/faults")
def faults() -> ResponseReturnValue:
    """Let the next create calls go wrong: `fault`, and `times` (1; -1 for all)."""
    given = request.get_json(silent=True) or request.form
    name, times = str(given.get("fault", "")), int(given.get("times", 1))
    if name not in FAULTS:
        abort(422, description=f"known faults: {', '.join(FAULTS)}")
    with memory().lock:
        set_fault(memory(), name, times)
    return _done()


@blueprint.post("/tokens/<any(revoked, expired):status>")
def tokens(status: str) -> ResponseReturnValue:
    """End all tokens: as if their members took them back, or as if time had passed."""
    with memory().lock:
        for token in memory().tokens.values():
            token.status = status
        memory().save()
    return _done()


@blueprint.post("/forget")
def forget() -> ResponseReturnValue:
    """Empty the feed."""
    with memory().lock:
        memory().forget_posts()
    return _done()


@blueprint.get("/posts.json")
def posts() -> ResponseReturnValue:
    """All posts, oldest first, and how many create calls arrived."""
    with memory().lock:
        found = []
        for post in memory().posts.values():
            member = memory().members[post.author.rpartition(":")[2]]
            media = [media_address(asset) for asset in assets_of(post.content)]
            found.append(asdict(post) | {"member": member.name, "media": media})
        return jsonify(posts=found, creates=memory().creates)
