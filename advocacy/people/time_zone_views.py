"""By which clock a person plans, and sees what they planned."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.people import operations
from advocacy.people.access import requires, signed_in_person
from advocacy.people.models import Person
from advocacy.people.roles import Permission
from advocacy.people.zone_list import by_region
from advocacy.web.language import city
from advocacy.web.runtime import runtime
from integrations.clock import now, zones
from integrations.database import transaction

# No zone has a longer name; what is longer was not chosen from the list.
LONGEST = 64


@requires(Permission.OWN_DATA)
def time_zone() -> ResponseReturnValue:
    """Choose a zone, or leave it to the setting."""
    if request.method != "POST":
        return _page(signed_in_person().time_zone or "")
    chosen = request.form.get("zone", "").strip()[:LONGEST]
    if chosen and chosen not in zones():
        return _page(
            chosen, _("We know no such time zone. Choose one of the list.")
        ), 422
    with transaction() as session:
        person = session.get_one(Person, signed_in_person().id)
        operations.choose_time_zone(person, chosen or None)
    ours = runtime().settings.time_zone
    flash(_("Your times are in %(city)s time from now on.", city=city(chosen or ours)))
    return redirect(url_for("people.time_zone"))


def _page(chosen: str, error: str = "") -> str:
    regions = by_region()
    listed = {name for names in regions.values() for name, _city in names}
    return render_template(
        "people/time_zone.html",
        chosen=chosen,
        # Another name of a zone, or a refused one: kept as it is.
        unlisted=chosen if chosen not in listed else "",
        regions=regions,
        ours=runtime().settings.time_zone,
        moment=now(),
        errors={"zone": error} if error else {},
    )
