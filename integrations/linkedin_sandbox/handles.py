"""The page with all handles: faults, chance, time, connections, limits, and the log."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from integrations.linkedin_sandbox.apps import apps
from integrations.linkedin_sandbox.faults import FAULTS
from integrations.linkedin_sandbox.gateway import memory
from integrations.linkedin_sandbox.switches import SWITCHES, YES, SettingsWrong

blueprint = Blueprint("handles", __name__, url_prefix="/sandbox")

LAST_CALLS = 20


@blueprint.get("/")
def page() -> ResponseReturnValue:
    """Everything as it is."""
    with memory().lock:
        return shown({}, None)


def for_people() -> bool:
    """Whether a browser is asking, not a program."""
    accepted = request.accept_mimetypes
    return bool(accepted.accept_html) and "html" in str(accepted)


def done() -> ResponseReturnValue:
    """A page for people, the one they came from; nothing for programs."""
    if not for_people():
        return "", 204
    here = request.form.get("back") == "handles"
    return redirect(url_for("handles.page" if here else "pages.feed"), 303)


def shown(given: Mapping[str, Any], wrong: SettingsWrong | None) -> ResponseReturnValue:
    """The page with what was typed and what is wrong with it. Hold the lock."""
    settings = memory().settings
    found = {name: _said(getattr(settings, name)) for name in SWITCHES}
    calls = memory().call_counts.today()
    body = render_template(
        "sandbox/handles.html",
        faults=FAULTS,
        fault=memory().fault,
        times=memory().fault_times,
        mix=memory().fault_mix,
        switches={name: (one, one.kind is YES) for name, one in SWITCHES.items()},
        values=found | {name: str(one) for name, one in given.items()},
        wrong=wrong,
        apps=[app.client_id for app in apps(settings)],
        members=[member.name for member in memory().members.values()],
        names={member.sub: member.name for member in memory().members.values()},
        calls=calls,
        log=memory().creates_log.all()[: -LAST_CALLS - 1 : -1],
    )
    return body, 422 if wrong else 200


def _said(value: object) -> str:
    """A value as one would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
