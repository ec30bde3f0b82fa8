"""The consent screen: who are you, and may this app act for you?"""

import secrets
from urllib.parse import urlencode, urlsplit

from flask import (
    Blueprint,
    make_response,
    redirect,
    render_template,
    request,
)
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from integrations.clock import now
from integrations.linkedin_sandbox.apps import app_named
from integrations.linkedin_sandbox.gateway import app_of, memory
from integrations.linkedin_sandbox.records import Code, Member

blueprint = Blueprint("consent", __name__)

# Who is signed in to the network in this browser.
COOKIE = "pretend_member"
# As OpenID Connect names it; only our own demonstration sends it.
HINT = "login_hint"
LONGEST_NAME = 80
CARRIED = ("response_type", "client_id", "redirect_uri", "scope", "state")
IN_WORDS = {
    "openid": "know which account is yours",
    "profile": "read your name and picture",
    "email": "read your mail address",
    "w_member_social": "post in your name, and delete those posts",
    "r_basicprofile": "read your name and headline",
    "r_member_postAnalytics": "read how your posts are doing",
}
CANCELLED = {
    "cancel_login": ("user_cancelled_login", "The user cancelled LinkedIn login"),
    "cancel_authorize": (
        "user_cancelled_authorize",
        "The user cancelled the authorization",
    ),
}


@blueprint.get("/oauth/v2/authorization")
def ask() -> ResponseReturnValue:
    """Show the screen, or what is wrong with the request."""
    with memory().lock:
        wrong = _wrong(request.args)
        if wrong:
            return wrong
        known = memory().members.get(request.cookies.get(COOKIE, ""))
        wanted = request.args["scope"].split()
        if known and memory().settings.skips_known_consent and _allowed(known, wanted):
            return _with_code(request.args, known)
        # Several people try this in one browser: who they are there comes first.
        hint = _tidy(request.args.get(HINT, ""))
        return _screen(request.args, hint or (known.name if known else ""), 200)


@blueprint.post("/oauth/v2/authorization")
def decide() -> ResponseReturnValue:
    """Allow, or one of the two ways of saying no."""
    with memory().lock:
        wrong = _wrong(request.form)
        if wrong:
            return wrong
        decision = request.form.get("decision", "")
        if decision in CANCELLED:
            return _back(request.form, *CANCELLED[decision])
        name = _name(request.form)
        if decision != "allow" or not name:
            return _screen(request.form, name, 422)
        member = memory().member_named(name)
        answer = make_response(_with_code(request.form, member))
        answer.set_cookie(COOKIE, member.sub, httponly=True, samesite="Lax")
        return answer


def _name(form: MultiDict[str, str]) -> str:
    """A typed name counts before a chosen one."""
    return _tidy(form.get("other", "")) or form.get("member", "")


def _tidy(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _wrong(given: MultiDict[str, str]) -> ResponseReturnValue | None:
    """Client and address are never answered by a redirect: it could lead anywhere."""
    app = app_named(memory().settings, given.get("client_id") or None)
    if app is None:
        return _error("Client_id doesn't match")
    address = given.get("redirect_uri", "")
    if address not in memory().redirect_addresses or urlsplit(address).fragment:
        return _error("Redirect_uri doesn't match")
    if given.get("response_type") != "code":
        return _back(given, "unsupported_response_type", "response_type must be code")
    wanted = given.get("scope", "").split()
    if not wanted or not app.scopes.issuperset(wanted):
        unknown = ", ".join(sorted(set(wanted) - app.scopes))
        description = f'Scope "{unknown}" is not authorized for your application'
        return _back(given, "unauthorized_scope_error", description)
    return None


def _error(message: str) -> ResponseReturnValue:
    return render_template("sandbox/stopped.html", message=message), 401


def _screen(given: MultiDict[str, str], name: str, status: int) -> ResponseReturnValue:
    names = list(memory().settings.members)
    names += [one.name for one in memory().members.values() if one.name not in names]
    page = render_template(
        "sandbox/consent.html",
        names=names,
        chosen=name,
        purposes=[IN_WORDS.get(scope, scope) for scope in given["scope"].split()],
        carried={key: given[key] for key in CARRIED if key in given},
        asker=urlsplit(given["redirect_uri"]).netloc,
        refused=status == 422,
    )
    return page, status


def _allowed(member: Member, wanted: list[str]) -> bool:
    """Whether the member has a living token for exactly these scopes."""
    return any(
        token.sub == member.sub
        and app_of(token).client_id == request.args["client_id"]
        and token.status == "active"
        and token.expires_at > now().timestamp()
        and set(token.scopes) == set(wanted)
        for token in memory().tokens.values()
    )


def _with_code(given: MultiDict[str, str], member: Member) -> ResponseReturnValue:
    code = Code(
        value=secrets.token_urlsafe(48),
        sub=member.sub,
        client_id=given["client_id"],
        redirect_address=given["redirect_uri"],
        scopes=sorted(given["scope"].split()),
        made_at=now().timestamp(),
    )
    memory().codes[code.value] = code
    memory().save()
    return _to(given, {"code": code.value})


def _back(
    given: MultiDict[str, str], error: str, description: str
) -> ResponseReturnValue:
    return _to(given, {"error": error, "error_description": description})


def _to(given: MultiDict[str, str], answer: dict[str, str]) -> ResponseReturnValue:
    """Back to the client, its state as it came."""
    if "state" in given:
        answer["state"] = given["state"]
    return redirect(f"{given['redirect_uri']}?{urlencode(answer)}", 302)
