"""The addresses that take whole files, pictures and documents: /dms-uploads/…"""

import hashlib

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.linkedin_sandbox.file_kinds import document_kind, picture_kind
from integrations.linkedin_sandbox.gateway import author_of, bearer, memory
from integrations.linkedin_sandbox.records import Asset
from integrations.linkedin_sandbox.refusals import Refusal, forbidden

blueprint = Blueprint("uploads", __name__, url_prefix="/dms-uploads")


@blueprint.put("/image/<int:number>")
def picture(number: int) -> ResponseReturnValue:
    return _take_whole(number, "image")


@blueprint.put("/document/<int:number>")
def document(number: int) -> ResponseReturnValue:
    return _take_whole(number, "document")


def _take_whole(number: int, kind: str) -> ResponseReturnValue:
    """A whole file in one request, by its owner; a second one replaces the first."""
    body = request.get_data()
    found = (
        picture_kind(body)
        if kind == "image"
        else document_kind(body, memory().settings)
    )
    with memory().lock:
        token = bearer()
        asset = announced(number, kind)
        if asset.owner != author_of(token):
            raise forbidden(f"this {kind}")
        (memory().media / str(number)).write_bytes(body)
        asset.digest = hashlib.sha256(body).hexdigest()
        asset.content_type, asset.failure = found
        asset.finished_at = now().timestamp()
        memory().save()
    return Response(status=201)


def announced(number: int, kind: str) -> Asset:
    """The asset an upload address was given out for, while the address lasts."""
    asset = memory().asset_numbered(number)
    if asset is None or asset.kind != kind:
        raise Refusal(404, "Upload not found", "NOT_FOUND")
    if now().timestamp() > asset.made_at + memory().settings.upload_seconds:
        raise Refusal(400, "The upload URL has expired", "EXPIRED_UPLOAD_URL")
    return asset
