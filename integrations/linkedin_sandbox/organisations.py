"""Organisations' pages: where the names that posts mention lead to."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.little_text import organisations
from integrations.linkedin_sandbox.shown_posts import shown_post

blueprint = Blueprint("organisations", __name__, url_prefix="/company")

MOST_POSTS = 20


@blueprint.get("/<int:number>", strict_slashes=False)
def page(number: int) -> ResponseReturnValue:
    """One organisation, by the name that the newest post gives it, and those posts."""
    with memory().lock:
        found = [
            (post, organisations(post.commentary)[number])
            for post in reversed(memory().posts.values())
            if not post.deleted and number in organisations(post.commentary)
        ]
        return render_template(
            "sandbox/organisation.html",
            name=found[0][1] if found else f"Organisation {number}",
            number=number,
            posts=[shown_post(memory(), post) for post, _ in found[:MOST_POSTS]],
        )
