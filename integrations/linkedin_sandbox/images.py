"""/rest/images: where a picture may be sent. Its state is not for members to read."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import check_call
from integrations.linkedin_sandbox.whole_files import announce, keep_state_secret

blueprint = Blueprint("images", __name__, url_prefix="/rest/images")


@blueprint.before_request
def check() -> None:
    check_call()


@blueprint.post("")
def act() -> ResponseReturnValue:
    return announce("image")


@blueprint.get("/<_urn>")
def state(_urn: str) -> ResponseReturnValue:
    return keep_state_secret("image")
