"""Signing in and out, and the choice of language, theme and time zone."""

from datetime import timedelta
from math import ceil

from flask import (
    Blueprint,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from advocacy.people import guessing, operations
from advocacy.people.access import (
    open_to_all,
    requires,
    signed_in_person,
)
from advocacy.people.coming_back import page_to_return_to
from advocacy.people.demo_people import demo_people
from advocacy.people.demo_views import blueprint as demo_blueprint
from advocacy.people.models import Person
from advocacy.people.passwords import fits, hash_password, is_outdated
from advocacy.people.queries import person_by_email
from advocacy.people.request_person import install
from advocacy.people.roles import Permission
from advocacy.people.sign_in_form import SignInForm
from advocacy.people.signing_in import sign_in as sign_browser_in
from advocacy.people.signing_in import sign_out as sign_browser_out
from advocacy.people.speaking import speak
from advocacy.people.time_zone_views import time_zone
from advocacy.web.limits import limiter
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction

__all__ = ["blueprint", "demo_blueprint", "install"]

blueprint = Blueprint("people", __name__)
THEMES = frozenset({"light", "dark"})
blueprint.route("/time-zone", methods=["GET", "POST"])(time_zone)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_all
# A hash is dear to compute; the limits that matter are in guessing.py.
@limiter.limit("120 per minute", methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """The door."""
    form = SignInForm.read()
    if request.method == "POST":
        return _enter(form)
    return redirect(form.goal) if current_user.is_authenticated else _door(form)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """End this sign-in, here and on the server."""
    with transaction() as session:
        sign_browser_out(session)
    flash(_("You are signed out."))
    answer = redirect(url_for(".sign_in"))
    # Whoever uses this device next finds no text that was being written on it.
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer


@blueprint.post("/language")
@open_to_all
def choose_language() -> ResponseReturnValue:
    """Speak another language from now on, and go back to the page it was asked on."""
    speak(request.form.get("language", ""))
    return redirect(page_to_return_to(url_for("library.front")))


@blueprint.post("/theme")
@requires(Permission.OWN_DATA)
def choose_theme() -> ResponseReturnValue:
    """Light, dark, or whatever the system says."""
    chosen = request.form.get("theme", "")
    with transaction() as session:
        person = session.get_one(Person, signed_in_person().id)
        operations.choose_theme(person, chosen if chosen in THEMES else None)
    return redirect(page_to_return_to(url_for("library.front")))


def _enter(form: SignInForm) -> ResponseReturnValue:
    """Check what was typed; strangers cost and read the same as wrong passwords."""
    secret = runtime().settings.secret_key
    who = guessing.guesser(secret, form.email, request.remote_addr or "")
    with transaction() as session:
        wait = guessing.begin_try(session, who, now())
        person = person_by_email(session, form.email)
    if wait:
        return _refused_for_now(form, wait)
    stored = person.password_hash if person else None
    if not fits(stored, form.password) or person is None or stored is None:
        sentence = _("This address and this password do not belong together.")
        return _door(form, {"email": sentence}), 422
    renewed = hash_password(form.password) if is_outdated(stored) else stored
    with transaction() as session:
        guessing.take_back_try(session, who)
        person = session.get_one(Person, person.id)
        person.password_hash = renewed
        sign_browser_in(session, person)
    return redirect(form.goal)


def _refused_for_now(form: SignInForm, wait: timedelta) -> ResponseReturnValue:
    seconds = ceil(wait.total_seconds())
    sentence = ngettext(
        "There were too many tries. Try again in one second.",
        "There were too many tries. Try again in %(num)s seconds.",
        seconds,
    )
    page = _door(form, {"email": sentence})
    return page, 429, {"Retry-After": str(seconds)}


def _door(form: SignInForm, errors: dict[str, str] | None = None) -> str:
    samples = []
    if runtime().settings.demo:
        with transaction() as session:
            samples = demo_people(session)
    return render_template(
        "people/sign_in.html", form=form, errors=errors or {}, samples=samples
    )
