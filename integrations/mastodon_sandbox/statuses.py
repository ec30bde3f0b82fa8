"""/api/v1/statuses: post and delete. A key that is known makes no second status."""

import time
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.mastodon_sandbox.counting import countable
from integrations.mastodon_sandbox.faults import break_the_line, take_fault
from integrations.mastodon_sandbox.gateway import account_entity, member_for
from integrations.mastodon_sandbox.media import attach, media_entity
from integrations.mastodon_sandbox.memory import memory
from integrations.mastodon_sandbox.records import Member, Status
from integrations.mastodon_sandbox.refusals import Refusal, invalid, not_found

blueprint = Blueprint("statuses", __name__, url_prefix="/api/v1/statuses")

VISIBILITIES = {"public", "unlisted", "private", "direct"}
WORDS = {
    429: "Too many requests",
    503: "There was a temporary problem serving your request, please try again",
    504: "Gateway Timeout",
}


@blueprint.post("")
def create() -> ResponseReturnValue:
    """200 and the status, unless a fault is set."""
    request.get_data(cache=True)
    with memory().lock:
        memory().creates += 1
        fault = take_fault(memory())
    if fault.waits:
        time.sleep(memory().settings.slow_seconds)
    entity: dict[str, Any] = {}
    if fault.commits:
        with memory().lock:
            member = member_for("write:statuses")
            entity = status_entity(_known(member) or _accepted(member))
    if fault.breaks_the_line:
        break_the_line()
    if fault.status:
        raise Refusal(fault.status, WORDS[fault.status])
    return jsonify(entity)


def _known(member: Member) -> Status | None:
    """The status that this key made before, while it is remembered."""
    key = request.headers.get("Idempotency-Key", "")
    made = memory().keys.get((member.id, key))
    if made is None or now().timestamp() - made[1] > memory().settings.key_seconds:
        return None
    return memory().statuses[made[0]]


def _accepted(member: Member) -> Status:
    """The status in this request, if Mastodon would take it."""
    said = request.get_json(silent=True)
    if not isinstance(said, dict):
        said = {**request.form, "media_ids": request.form.getlist("media_ids[]")}
    text, ids = str(said.get("status") or ""), said.get("media_ids") or []
    if not isinstance(ids, list):
        raise invalid("Media is invalid")
    if not text.strip() and not ids:
        raise invalid("Text can't be blank")
    if countable(text) > memory().settings.longest_text:
        raise invalid("Text character limit of 500 exceeded")
    if (visibility := said.get("visibility") or "public") not in VISIBILITIES:
        raise invalid("Visibility is not included in the list")
    attached = attach([str(one) for one in ids], member.id)
    moment = now().timestamp()
    key = request.headers.get("Idempotency-Key", "")
    status = Status(memory().next_id(), member.id, text, str(visibility), moment)
    status.media, status.key = [one.id for one in attached], key
    for one in attached:
        one.status = status.id
    memory().statuses[status.id] = status
    if key:
        memory().keys[member.id, key] = (status.id, moment)
    return status


def status_entity(status: Status) -> dict[str, Any]:
    """The part of Mastodon's status entity that a client needs."""
    member = memory().members[status.member]
    moment = datetime.fromtimestamp(status.received_at, UTC)
    address = url_for(
        "pages.status",
        username=member.username,
        status_id=status.id,
        _external=True,
    )
    return {
        "id": status.id,
        "created_at": moment.isoformat(timespec="milliseconds"),
        "visibility": status.visibility,
        "uri": address,
        "url": address,
        "text": status.text,
        "account": account_entity(member),
        "media_attachments": [
            media_entity(memory().media[media_id]) for media_id in status.media
        ],
    }


@blueprint.delete("/<status_id>")
def delete(status_id: str) -> ResponseReturnValue:
    """Its owner's, and there: anything else is not found."""
    with memory().lock:
        member = member_for("write:statuses")
        status = memory().statuses.get(status_id)
        if status is None or status.deleted or status.member != member.id:
            raise not_found()
        status.deleted = True
        return jsonify(status_entity(status))


@blueprint.after_app_request
def say_what_is_left(answer: Response) -> Response:
    """The headers that every answer to an app carries; the moment has a zone."""
    if request.path.startswith("/api/"):
        used_up = answer.status_code == 429
        reset = datetime.fromtimestamp(now().timestamp() + 300, UTC)
        answer.headers["X-RateLimit-Limit"] = "300"
        answer.headers["X-RateLimit-Remaining"] = "0" if used_up else "299"
        answer.headers["X-RateLimit-Reset"] = reset.isoformat(timespec="microseconds")
    return answer
