"""The consent screen: who are you, and may this app act for you?"""

import secrets
from urllib.parse import urlencode

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from integrations.clock import now
from integrations.mastodon_sandbox.memory import memory
from integrations.mastodon_sandbox.records import App, Code, Member

blueprint = Blueprint("consent", __name__)

# Who is signed in to the server in this browser.
COOKIE = "pretend_mastodon_member"
CARRIED = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
)
IN_WORDS = {
    "read:accounts": "see which account is yours",
    "write:media": "upload pictures and videos",
    "write:statuses": "publish and delete posts in your name",
}


@blueprint.get("/oauth/authorize")
def ask() -> ResponseReturnValue:
    """Show the screen, or what is wrong with the request."""
    with memory().lock:
        return _wrong(request.args) or _screen(request.args, 200)


@blueprint.post("/oauth/authorize")
def decide() -> ResponseReturnValue:
    """Allow or deny."""
    with memory().lock:
        if wrong := _wrong(request.form):
            return wrong
        if request.form.get("decision") == "deny":
            return _to(
                request.form,
                {
                    "error": "access_denied",
                    "error_description": "The resource owner denied the request.",
                },
            )
        typed = " ".join(request.form.get("other", "").split())
        name = typed or request.form.get("member", "")
        if request.form.get("decision") != "allow" or not name:
            return _screen(request.form, 422)
        member = memory().member_named(name)
        answer = make_response(_to(request.form, {"code": _code(member)}))
        answer.set_cookie(COOKIE, member.id, httponly=True, samesite="Lax")
        return answer


def _wrong(given: MultiDict[str, str]) -> ResponseReturnValue | None:
    """Client and address are never answered by a redirect: it could lead anywhere."""
    app = memory().apps.get(given.get("client_id", ""))
    if app is None:
        return _stopped("Client authentication failed due to unknown client.", 401)
    if given.get("redirect_uri") not in app.redirect_addresses:
        return _stopped("The redirect URI included is not valid.", 400)
    if given.get("response_type") != "code":
        return _to(given, {"error": "unsupported_response_type"})
    if not set(app.scopes).issuperset(_scopes(given)):
        return _stopped("The requested scope is invalid, unknown, or malformed.", 400)
    if "code_challenge" in given and given.get("code_challenge_method") != "S256":
        return _stopped("The code_challenge_method must be S256.", 400)
    return None


def _scopes(given: MultiDict[str, str]) -> list[str]:
    return given.get("scope", "read").split()


def _stopped(message: str, status: int) -> ResponseReturnValue:
    return render_template("sandbox/mastodon/stopped.html", message=message), status


def _screen(given: MultiDict[str, str], status: int) -> ResponseReturnValue:
    app: App = memory().apps[given["client_id"]]
    known = memory().members.get(request.cookies.get(COOKIE, ""))
    names = list(memory().settings.members)
    names += [one.name for one in memory().members.values() if one.name not in names]
    page = render_template(
        "sandbox/mastodon/consent.html",
        names=names,
        chosen=known.name if known else (names[0] if names else ""),
        purposes=[IN_WORDS.get(scope, scope) for scope in _scopes(given)],
        carried={key: given[key] for key in CARRIED if key in given},
        asker=app.name,
        refused=status == 422,
    )
    return page, status


def _code(member: Member) -> str:
    given = request.form
    code = Code(
        value=secrets.token_urlsafe(32),
        member=member.id,
        client_id=given["client_id"],
        redirect_address=given["redirect_uri"],
        scopes=sorted(_scopes(given)),
        challenge=given.get("code_challenge", ""),
        made_at=now().timestamp(),
    )
    memory().codes[code.value] = code
    return code.value


def _to(given: MultiDict[str, str], answer: dict[str, str]) -> ResponseReturnValue:
    """Back to the client, its state as it came."""
    if "state" in given:
        answer["state"] = given["state"]
    return redirect(f"{given['redirect_uri']}?{urlencode(answer)}", 302)
