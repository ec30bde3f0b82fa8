"""Setting over HTTP what can be set: behaviour, clock, and the calls of today."""

from typing import Any

from flask import Blueprint, abort, jsonify
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.apps import apps
from integrations.linkedin_sandbox.bodies import said
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.handles import done, for_people, shown
from integrations.linkedin_sandbox.switches import SWITCHES, SettingsWrong, changed

blueprint = Blueprint("switches", __name__, url_prefix="/sandbox")

LONGEST_NUMBER = 18  # nobody calls more often in a day


@blueprint.get("/settings")
def settings() -> ResponseReturnValue:
    """Everything that can be set, as it is."""
    with memory().lock:
        now = memory().settings
    return jsonify({name: getattr(now, name) for name in SWITCHES})


@blueprint.post("/settings")
def change_settings() -> ResponseReturnValue:
    """Set some of it; what is not named stays."""
    given = said()
    given.pop("back", None)
    with memory().lock:
        try:
            _change(given)
        except SettingsWrong as wrong:
            if for_people():
                return shown(given, wrong)
            abort(422, description=str(wrong))
    return done()


@blueprint.post("/clock")
def clock() -> ResponseReturnValue:
    """Let `advance_seconds` pass."""
    given = said()
    with memory().lock:
        try:
            more = float(given.get("advance_seconds", ""))
            _change({"ahead_seconds": memory().settings.ahead_seconds + more})
        except (TypeError, ValueError, OverflowError):
            abort(422, description="advance_seconds is a number")
    return done()


@blueprint.get("/calls.json")
def calls() -> ResponseReturnValue:
    """How many calls there were today, by app and member; `member` is empty for all."""
    with memory().lock:
        return jsonify(calls=memory().call_counts.today())


@blueprint.post("/calls")
def set_calls() -> ResponseReturnValue:
    """As if there had been so many `calls` today: of a `member` (a name), or of all.

    `client_id` says of which app; without it, of the one that posts.
    """
    given = said()
    with memory().lock:
        found = {app.client_id: app for app in apps(memory().settings)}
        first = memory().settings.client_id
        app = found.get(str(given.get("client_id", "")) or first)
        number = str(given.get("calls", ""))
        if app is None or not number.isdecimal() or len(number) > LONGEST_NUMBER:
            abort(422, description="client_id is a known one, calls is a number")
        name = str(given.get("member", ""))
        who = memory().member_named(name).sub if name else ""
        memory().call_counts.set(app, who, int(number))
    return done()


def _change(given: dict[str, Any]) -> None:
    try:
        memory().settings = changed(memory().settings, given)
    except KeyError:
        abort(422, description=f"what can be set: {', '.join(SWITCHES)}")
