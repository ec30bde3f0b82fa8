"""/rest/posts/<urn>: changing and deleting a post of one's own."""

from typing import Any

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import (
    author_of,
    check_call,
    json_object,
    memory,
    only,
    token_for,
)
from integrations.linkedin_sandbox.post_text import read_text
from integrations.linkedin_sandbox.records import Post
from integrations.linkedin_sandbox.refusals import (
    Refusal,
    forbidden,
    invalid,
    missing,
)
from integrations.linkedin_sandbox.rest_methods import check_method

blueprint = Blueprint("post_changes", __name__, url_prefix="/rest/posts/<urn>")

CHANGEABLE = (
    "commentary",
    "contentCallToActionLabel",
    "contentLandingPage",
    "reshareContext",
    "lifecycleState",
    "adContext",
)


@blueprint.before_request
def check() -> None:
    check_call()


@blueprint.post("")
def change(urn: str) -> ResponseReturnValue:
    """Only as a partial update that says so in its header."""
    check_method("PARTIAL_UPDATE", required=True)
    changes = _changes(json_object("patch").get("patch"))
    with memory().lock:
        post = _own(urn, "posts.PARTIAL_UPDATE")
        if post.deleted:
            raise Refusal(404, "Post not found", "NOT_FOUND")
        if "commentary" in changes:
            text, cut_at = read_text(
                changes["commentary"], may_be_blank=bool(post.content)
            )
            post.commentary, post.text = changes["commentary"], text
            post.cut_at = cut_at
        memory().save()
    return Response(status=204)


def _changes(patch: object) -> dict[str, Any]:
    if not isinstance(patch, dict):
        raise missing("/patch")
    only(patch, "$set")
    changes = patch.get("$set")
    if not isinstance(changes, dict) or not changes:
        raise missing("/patch/$set")
    for name in changes:
        if name not in CHANGEABLE:
            raise invalid(f"/patch/$set/{name}", "FIELD_NOT_UPDATABLE")
    return changes


@blueprint.delete("")
def delete(urn: str) -> ResponseReturnValue:
    """Done twice it is still done."""
    check_method("DELETE")
    with memory().lock:
        _own(urn, "posts.DELETE").deleted = True
        memory().save()
    return Response(status=204)


def _own(urn: str, resource: str) -> Post:
    token = token_for("w_member_social", resource)
    post = memory().posts.get(urn)
    if post is None:
        raise Refusal(404, "Post not found", "NOT_FOUND")
    if post.author != author_of(token):
        raise forbidden("the UGC")
    return post
