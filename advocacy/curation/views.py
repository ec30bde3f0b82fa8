"""The addresses of communications' pages, on one screen."""

from flask import Blueprint, g

from advocacy.curation.form_views import edit, new, proof
from advocacy.curation.listing import listing
from advocacy.curation.looking import as_employees
from advocacy.curation.organisations import organisations
from advocacy.curation.upload_views import upload
from advocacy.curation.withdrawing import withdraw
from advocacy.web.runtime import runtime

blueprint = Blueprint("curation", __name__, url_prefix="/curate")

FORM = ["GET", "POST"]
blueprint.get("")(listing)
blueprint.route("/new", methods=FORM)(new)
blueprint.route("/<int:item_id>", methods=FORM)(edit)
blueprint.get("/<int:item_id>/as-employees")(as_employees)
blueprint.route("/<int:item_id>/withdraw", methods=FORM)(withdraw)
blueprint.route("/organisations", methods=FORM)(organisations)
blueprint.post("/upload")(upload)
blueprint.post("/proof")(proof)


@blueprint.before_request
def on_the_organisations_clock() -> None:
    """Items appear and leave by one clock, wherever the editor is."""
    g.person_time_zone = runtime().settings.time_zone
