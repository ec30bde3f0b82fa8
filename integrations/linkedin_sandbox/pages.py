"""What people see: the feed, one post, the composer, and the media in them."""

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.consent import COOKIE
from integrations.linkedin_sandbox.faults import FAULTS
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.records import Post
from integrations.linkedin_sandbox.sending import file_answer
from integrations.linkedin_sandbox.shown_posts import shown_post

blueprint = Blueprint("pages", __name__)

ON_A_PAGE = 20
LIMIT = 3000


@blueprint.get("/")
def home() -> ResponseReturnValue:
    return redirect(url_for("pages.feed"))


@blueprint.get("/in/me/recent-activity/all/")
def recent_activity() -> ResponseReturnValue:
    """The member's own latest posts; everybody's when nobody is signed in."""
    return _feed(request.cookies.get(COOKIE, ""))


@blueprint.get("/feed/")
def feed() -> ResponseReturnValue:
    """All posts, or the composer when the address asks for it."""
    if request.args.get("shareActive") == "true":
        return _composer(request.args.get("text", ""), "", "", 200)
    return _feed("")


def _feed(sub: str) -> ResponseReturnValue:
    with memory().lock:
        author = f"urn:li:person:{sub}" if sub in memory().members else ""
        posts = [
            post
            for post in reversed(memory().posts.values())
            if not post.deleted and author in ("", post.author)
        ]
        start = max(request.args.get("from", 0, type=int), 0)
        return render_template(
            "sandbox/feed.html",
            posts=[
                shown_post(memory(), post) for post in posts[start : start + ON_A_PAGE]
            ],
            older=start + ON_A_PAGE if len(posts) > start + ON_A_PAGE else None,
            whose=memory().members[sub].name if author else "",
            faults={key: one for key, one in FAULTS.items() if one.on_the_page},
            fault=memory().fault,
        )


@blueprint.get("/feed/update/<urn>/")
def update(urn: str) -> ResponseReturnValue:
    """One post, at the address that LinkedIn gives it."""
    with memory().lock:
        post = memory().posts.get(urn)
        if post is None or post.deleted:
            page = render_template(
                "sandbox/stopped.html", message="This post is not here"
            )
            return page, 404
        return render_template("sandbox/post.html", post=shown_post(memory(), post))


@blueprint.post("/feed/")
def post_by_hand() -> ResponseReturnValue:
    """What a member types into the composer; plain text, no API involved."""
    text = request.form.get("text", "").replace("\r\n", "\n").strip()
    typed = " ".join(request.form.get("other", "").split())
    name = typed or request.form.get("member", "")
    if not name:
        return _composer(text, name, "Choose or type a name.", 422)
    if not text or len(text.encode("utf-16-le", "replace")) // 2 > LIMIT:
        return _composer(text, name, f"Write 1 to {LIMIT} characters.", 422)
    with memory().lock:
        member = memory().member_named(name)
        post = Post(
            urn=memory().next_post_urn(),
            author=f"urn:li:person:{member.sub}",
            text=text,
            received_at=now().timestamp(),
            by_hand=True,
        )
        memory().posts[post.urn] = post
        memory().save()
    answer = make_response(redirect(url_for("pages.update", urn=post.urn)))
    answer.set_cookie(COOKIE, member.sub, httponly=True, samesite="Lax")
    return answer


def _composer(text: str, name: str, error: str, status: int) -> ResponseReturnValue:
    with memory().lock:
        known = memory().members.get(request.cookies.get(COOKIE, ""))
        names = list(memory().settings.members)
        everybody = [one.name for one in memory().members.values()]
    names += [one for one in everybody if one not in names]
    page = render_template(
        "sandbox/composer.html",
        text=text,
        names=names,
        chosen=name or (known.name if known else ""),
        error=error,
    )
    return page, status


@blueprint.get("/sandbox/media/<int:number>")
def media(number: int) -> Response:
    """The bytes exactly as they were uploaded."""
    with memory().lock:
        asset = memory().asset_numbered(number)
    if asset is None or asset.finished_at is None:
        abort(404)
    return file_answer(memory().media / str(number), asset.content_type)


@blueprint.get("/sandbox/media/<int:number>/captions")
def captions(number: int) -> Response:
    """A video's captions."""
    with memory().lock:
        asset = memory().asset_numbered(number)
    if asset is None or not asset.has_captions:
        abort(404)
    return file_answer(memory().media / f"{number}.vtt", "text/vtt")


@blueprint.get("/sandbox/media/<int:number>/poster")
def poster(number: int) -> Response:
    """A video's still."""
    with memory().lock:
        asset = memory().asset_numbered(number)
    if asset is None or not asset.has_poster:
        abort(404)
    return file_answer(memory().media / f"{number}.poster", "image/jpeg")
