"""Whose token it is: /v2/userinfo for one kind of app, /rest/me for the other."""

from flask import Blueprint, abort, jsonify, request
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import (
    app_of,
    check_call,
    memory,
    token_for,
)

blueprint = Blueprint("identity", __name__)


@blueprint.get("/v2/userinfo")
def userinfo() -> ResponseReturnValue:
    """Who the token is for; without version and, as often at LinkedIn, mail address."""
    with memory().lock:
        token = token_for("openid", "userinfo.GET", version="NO_VERSION")
        token_for("profile", "userinfo.GET", version="NO_VERSION", counted=False)
        member, member_id = memory().members[token.sub], app_of(token).id_of(token.sub)
    given, _, family = member.name.partition(" ")
    return jsonify(
        sub=member_id,
        name=member.name,
        given_name=given,
        family_name=family,
        locale={"country": "NL", "language": "nl"},
        picture=f"{request.host_url}dms/image/profile/{member_id}",
    )


@blueprint.get("/rest/me")
def me() -> ResponseReturnValue:
    """The same for apps that have no sign-in product."""
    check_call()
    with memory().lock:
        token = token_for("r_basicprofile", "me.GET")
        member, member_id = memory().members[token.sub], app_of(token).id_of(token.sub)
    given, _, family = member.name.partition(" ")
    return jsonify(
        id=member_id,
        localizedFirstName=given,
        localizedLastName=family,
        localizedHeadline="Pretends to work here",
        vanityName=member_id,
    )


@blueprint.get("/dms/image/profile/<member_id>")
def picture(member_id: str) -> ResponseReturnValue:
    """The address has always run out by the time a server asks."""
    del member_id
    abort(403)
