"""Handles for whoever tries things out: faults, tokens, a look inside."""

from flask import Blueprint, abort, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from integrations.mastodon_sandbox.faults import FAULTS, set_fault
from integrations.mastodon_sandbox.memory import memory
from integrations.mastodon_sandbox.statuses import status_entity

blueprint = Blueprint("admin", __name__, url_prefix="/sandbox")


def _done() -> ResponseReturnValue:
    """A page for people, nothing for programs."""
    if "text/html" in str(request.accept_mimetypes):
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


@blueprint.post("/tokens/revoked")
def revoke_all() -> ResponseReturnValue:
    """End all tokens, as if their members took them back."""
    with memory().lock:
        for token in memory().tokens.values():
            token.revoked = True
    return _done()


@blueprint.post("/forget")
def forget() -> ResponseReturnValue:
    """Empty the feed."""
    with memory().lock:
        memory().forget_statuses()
    return _done()


@blueprint.get("/statuses.json")
def statuses() -> ResponseReturnValue:
    """All statuses, oldest first, and how many create calls arrived."""
    with memory().lock:
        found = [
            status_entity(one) | {"key": one.key, "deleted": one.deleted}
            for one in memory().statuses.values()
        ]
        return jsonify(statuses=found, creates=memory().creates)
