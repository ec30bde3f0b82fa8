"""What people see: everybody's statuses, one member's, one status, and the composer."""

import re
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from integrations.clock import now
from integrations.mastodon_sandbox.counting import ADDRESS, ENDS, countable
from integrations.mastodon_sandbox.faults import FAULTS
from integrations.mastodon_sandbox.memory import memory
from integrations.mastodon_sandbox.records import Status

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    return redirect(url_for(".feed"))


@blueprint.get("/home")
def feed() -> ResponseReturnValue:
    """All statuses, the newest first."""
    return _list("Posts received", "")


@blueprint.get("/@<username>")
def profile(username: str) -> ResponseReturnValue:
    """One member's."""
    with memory().lock:
        everybody = memory().members.values()
        member = next((one for one in everybody if one.username == username), None)
    if member is None:
        abort(404)
    return _list(f"Posts by {member.name}", member.id)


def _list(title: str, member: str) -> ResponseReturnValue:
    with memory().lock:
        shown = [
            _shown(one)
            for one in reversed(memory().statuses.values())
            if not one.deleted and member in {"", one.member}
        ]
        return render_template(
            "sandbox/mastodon/feed.html",
            heading=title,
            statuses=shown,
            faults=FAULTS,
            fault=memory().fault,
        )


@blueprint.get("/web/statuses/<status_id>")
@blueprint.get("/statuses/<status_id>")
def lead_on(status_id: str) -> ResponseReturnValue:
    """From the id alone to the status's own address."""
    with memory().lock:
        status = memory().statuses.get(status_id)
        if status is None:
            return _gone()
        username = memory().members[status.member].username
    return redirect(url_for(".status", username=username, status_id=status_id))


@blueprint.get("/@<username>/<status_id>")
def status(username: str, status_id: str) -> ResponseReturnValue:
    """One status, under its author's name."""
    with memory().lock:
        found = memory().statuses.get(status_id)
        if found is None or found.deleted:
            return _gone()
        if memory().members[found.member].username != username:
            return _gone()
        return render_template("sandbox/mastodon/status.html", status=_shown(found))


@blueprint.route("/share", methods=["GET", "POST"])
def share() -> ResponseReturnValue:
    """The composer, with the text that the address brings."""
    text = request.values.get("text", "").replace("\r\n", "\n").strip()
    name = " ".join(request.form.get("other", "").split())
    name = name or request.form.get("member", "")
    fits = 0 < countable(text) <= memory().settings.longest_text
    if request.method == "POST" and name and fits:
        with memory().lock:
            member = memory().member_named(name)
            made = Status(
                memory().next_id(), member.id, text, "public", now().timestamp()
            )
            memory().statuses[made.id] = made
        return redirect(url_for(".lead_on", status_id=made.id))
    error = "Choose a name and write 1 to 500 characters."
    page = render_template(
        "sandbox/mastodon/share.html",
        text=text,
        names=list(memory().settings.members),
        error=error if request.method == "POST" else "",
    )
    return page, 422 if request.method == "POST" else 200


def _gone() -> ResponseReturnValue:
    page = render_template(
        "sandbox/mastodon/stopped.html", message="This post is not here"
    )
    return page, 404


def _shown(status: Status) -> dict[str, object]:
    """Everything the page needs of one status."""
    member = memory().members[status.member]
    media = [memory().media[one] for one in status.media]
    return {
        "id": status.id,
        "author": member.name,
        "username": member.username,
        "moment": datetime.fromtimestamp(status.received_at, UTC).astimezone(),
        "pieces": _pieces(status.text),
        "visibility": status.visibility,
        "media": media,
        "key": status.key,
    }


def _pieces(text: str) -> list[tuple[bool, str]]:
    """The text in pieces, and whether each is an address."""
    pieces, at = [], 0
    for match in re.finditer(ADDRESS, text):
        address = match[0].rstrip(ENDS)
        pieces += [(False, text[at : match.start()]), (True, address)]
        at = match.start() + len(address)
    return [piece for piece in (*pieces, (False, text[at:])) if piece[1]]
