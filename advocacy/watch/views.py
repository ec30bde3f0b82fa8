"""For administrators: whether posts leave, and stopping and releasing them."""

from typing import Any

import structlog
from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.access_log.models import Action, DoneAs
from advocacy.access_log.operations import log_access
from advocacy.links.spool import Spool
from advocacy.outside import network_name
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.shares.pausing import release_publishing, stop_publishing
from advocacy.shares.service_rows import StopCause
from advocacy.watch.alarm_words import alarm_words
from advocacy.watch.alarms import alarms, lasting_alarms
from advocacy.watch.state import service_state
from advocacy.watch.words import (
    age_words,
    asking_words,
    late_words,
    parked_words,
)
from advocacy.web.runtime import runtime
from integrations.database import transaction
from integrations.memory_server import what_is_wrong

blueprint = Blueprint("watch", __name__)
log = structlog.get_logger()


@blueprint.get("/service")
@requires(Permission.WATCH)
def page() -> ResponseReturnValue:
    """How the service is doing."""
    settings, networks = runtime().settings, runtime().outside.networks
    kept = Spool(settings.data_folder).count()
    visitors = what_is_wrong(settings.visitors_redis_url)
    with transaction() as session:
        state = service_state(session, networks, kept, visitors)
    return render_template(
        "watch/page.html",
        state=state,
        alarms=[alarm_words(alarm) for alarm in alarms(state)],
        asking=asking_words(state),
        halted=bool(state.stops or state.pauses),
        gone={pause.network for pause in state.pauses},
        age_words=age_words,
        late_words=late_words,
        network_name=network_name,
        parked_words=parked_words,
    )


@blueprint.post("/service/stop")
@requires(Permission.WATCH)
def stop() -> ResponseReturnValue:
    """Let nothing leave until somebody releases it."""
    with transaction() as session:
        stop_publishing(session, StopCause.BY_HAND)
        log_access(session, DoneAs.ADMINISTRATOR, Action.POSTING_STOPPED)
    log.warning("publishing_stopped", code=StopCause.BY_HAND)
    flash(_("Posting is paused. What is being sent at this moment still leaves."))
    return redirect(url_for("watch.page"))


@blueprint.post("/service/release")
@requires(Permission.WATCH)
def release() -> ResponseReturnValue:
    """Let posts leave again."""
    with transaction() as session:
        release_publishing(session)
        log_access(session, DoneAs.ADMINISTRATOR, Action.POSTING_RELEASED)
    log.warning("publishing_released")
    flash(_("Posting is released: posts leave, the oldest first."))
    return redirect(url_for("watch.page"))


@blueprint.before_app_request
def _look() -> None:
    """An administrator hears on any page of what does not go away by itself."""
    person = g.get("person")
    g.may_watch = bool(person and Permission.WATCH in person.permissions)
    g.service_alarms = []
    if not g.may_watch or request.method != "GET" or request.endpoint == "watch.page":
        return
    with transaction() as session:
        found = lasting_alarms(session, runtime().outside.networks)
    g.service_alarms = [alarm_words(alarm) for alarm in found]


@blueprint.app_context_processor
def _for_pages() -> dict[str, Any]:
    return {
        "may_watch": g.get("may_watch", False),
        "service_alarms": g.get("service_alarms", []),
    }
