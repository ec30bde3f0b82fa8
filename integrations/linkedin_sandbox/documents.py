"""/rest/documents: where a document may be sent. Its state is not for members to read."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.gateway import check_call
from integrations.linkedin_sandbox.whole_files import announce, keep_state_secret

blueprint = Blueprint("documents", __name__, url_prefix="/rest/documents")


@blueprint.before_request
def check() -> None:
    check_call()


@blueprint.post("")
def act() -> ResponseReturnValue:
    return announce("document")


@blueprint.get("/<_urn>")
def state(_urn: str) -> ResponseReturnValue:
    return keep_state_secret("document")
