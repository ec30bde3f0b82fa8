"""/rest/posts: create, and the two ways of reading that LinkedIn refuses."""

from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.create_flow import (
    carry_out,
    write_down,
    write_down_answer,
)
from integrations.linkedin_sandbox.gateway import (
    author_of,
    check_call,
    json_object,
    memory,
    only,
    token_for,
)
from integrations.linkedin_sandbox.post_content import check_content, sameness
from integrations.linkedin_sandbox.post_text import read_text
from integrations.linkedin_sandbox.records import Post
from integrations.linkedin_sandbox.refusals import (
    Refusal,
    duplicate,
    forbidden,
    invalid,
    missing,
)
from integrations.linkedin_sandbox.rest_methods import check_method

blueprint = Blueprint("posts", __name__, url_prefix="/rest/posts")

REQUIRED = ("author", "commentary", "visibility", "distribution", "lifecycleState")
OPTIONAL = ("content", "isReshareDisabledByAuthor")
VISIBILITIES = {"PUBLIC", "CONNECTIONS", "LOGGED_IN"}
DISTRIBUTION = ("feedDistribution", "targetEntities", "thirdPartyDistributionChannels")


@blueprint.before_request
def check() -> None:
    if request.endpoint == "posts.create":
        write_down()
    check_call()


blueprint.after_request(write_down_answer)


@blueprint.post("")
def create() -> ResponseReturnValue:
    """201 with an empty body and the id in a header, unless a fault is set."""
    return carry_out(_accepted)


def _accepted() -> Post:
    """The post in this request, if LinkedIn would take it."""
    check_method("CREATE")
    token = token_for("w_member_social", "posts.CREATE")
    author = author_of(token)
    body = json_object(*REQUIRED, *OPTIONAL)
    _check_fields(body, author)
    text, cut_at = read_text(body["commentary"], may_be_blank="content" in body)
    content = body.get("content", {})
    if "content" in body:
        check_content(content, author)
    post = Post(
        urn="",
        author=author,
        text=text,
        received_at=now().timestamp(),
        body=request.get_data(as_text=True),
        commentary=body["commentary"],
        cut_at=cut_at,
        headers={
            name: request.headers[name]
            for name in ("LinkedIn-Version", "X-Restli-Protocol-Version")
        },
        content=content,
        sameness=sameness(text, content),
        visibility=body["visibility"],
    )
    _check_new(post)
    post.urn = memory().next_post_urn()
    return post


def _check_fields(body: dict[str, Any], author: str) -> None:
    for name in REQUIRED:
        if name not in body:
            raise missing(f"/{name}")
    if body["author"] != author:
        raise Refusal(
            403,
            "Field Value validation failed in REQUEST_BODY: Data Processing Exception "
            "while processing fields [/author]",
            "ACCESS_DENIED",
            serviceErrorCode=100,
        )
    distribution = body["distribution"]
    if not isinstance(distribution, dict) or "feedDistribution" not in distribution:
        raise missing("/distribution/feedDistribution")
    only(distribution, *DISTRIBUTION)
    if distribution["feedDistribution"] not in {"MAIN_FEED", "NONE"}:
        raise invalid("/distribution/feedDistribution")
    if body["visibility"] not in VISIBILITIES:
        raise invalid("/visibility")
    if body["lifecycleState"] != "PUBLISHED":
        raise invalid("/lifecycleState")


def _check_new(post: Post) -> None:
    """Refuse what stands there already; with ghosts, what stood there as well."""
    settings = memory().settings
    since = post.received_at - settings.duplicate_seconds
    for other in memory().posts.values():
        same = (other.author, other.sameness) == (post.author, post.sameness)
        stands = not other.deleted or settings.ghost_duplicates
        if same and stands and other.received_at >= since:
            raise duplicate(other.urn)


@blueprint.get("/<urn>")
def read(urn: str) -> ResponseReturnValue:
    """No app may read a member's post."""
    del urn
    with memory().lock:
        token_for("w_member_social", "posts.GET")
    raise forbidden("the UGC")


@blueprint.get("")
def find() -> ResponseReturnValue:
    """Nor list them."""
    with memory().lock:
        token_for("w_member_social", "posts.FINDER-author")
    message = "Member permissions must be used when using member as author"
    raise Refusal(400, message, "ILLEGAL_ARGUMENT")
