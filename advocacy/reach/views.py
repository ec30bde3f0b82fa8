"""The addresses of released figures, on one screen."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug import exceptions

from advocacy.errors import NotFound
from advocacy.people.access import person_or_none, to_sign_in
from advocacy.reach import deciding_views as deciding
from advocacy.reach import organisation_views as organisation
from advocacy.reach import parameter_views as numbers
from advocacy.reach.access_views import access_log, older_access
from advocacy.reach.attack_views import attacks
from advocacy.reach.group_views import group, group_as_csv, group_as_json
from advocacy.reach.item_views import items, items_as_csv, items_as_json
from advocacy.reach.ledger_views import ledger, ledger_year, seals
from advocacy.reach.method_views import method
from advocacy.reach.second_key import for_pages, look_for_proposals
from advocacy.reach.unit_views import units, units_as_csv, units_as_json

blueprint = Blueprint("reach", __name__)

blueprint.get("/reach")(organisation.page)
blueprint.get("/reach.csv")(organisation.as_csv)
blueprint.get("/reach.json")(organisation.as_json)
blueprint.get("/reach/groups/<key>")(group)
blueprint.get("/reach/groups/<key>.csv")(group_as_csv)
blueprint.get("/reach/groups/<key>.json")(group_as_json)
blueprint.get("/reach/units")(units)
blueprint.get("/reach/units.csv")(units_as_csv)
blueprint.get("/reach/units.json")(units_as_json)
blueprint.get("/reach/items")(items)
blueprint.get("/reach/items.csv")(items_as_csv)
blueprint.get("/reach/items.json")(items_as_json)
blueprint.get("/reach/method")(method)
blueprint.get("/reach/parameters")(numbers.parameters)
blueprint.post("/reach/parameters")(numbers.propose_parameters)
blueprint.get("/reach/ledger")(ledger)
blueprint.get("/reach/ledger/<int:year>")(ledger_year)
blueprint.get("/reach/attacks")(attacks)
blueprint.get("/reach/seals")(seals)
blueprint.get("/reach/access-log")(access_log)
blueprint.get("/reach/access-log/before/<int:entry_id>")(older_access)
DECIDING = "/reach/parameters/<int:proposal_id>"
blueprint.route(f"{DECIDING}/confirm", methods=["GET", "POST"])(
    deciding.confirm_parameters
)
blueprint.post(f"{DECIDING}/refuse")(deciding.refuse_parameters)
blueprint.post(f"{DECIDING}/take-back")(deciding.take_proposal_back)
blueprint.post("/reach/parameters/decided/<int:change_id>/take-back")(
    deciding.take_change_back
)

blueprint.before_app_request(look_for_proposals)
blueprint.app_context_processor(for_pages)


@blueprint.before_app_request
def nothing_looks_like_something() -> ResponseReturnValue | None:
    """Whoever is not signed in learns of no address whether there is such a page."""
    ours = request.path == "/reach" or request.path.startswith(("/reach/", "/reach."))
    unknown = (exceptions.NotFound, exceptions.MethodNotAllowed)
    if not ours or not isinstance(request.routing_exception, unknown):
        return None
    if person_or_none() is not None:
        return None
    if request.query_string:
        raise NotFound
    return to_sign_in()


@blueprint.before_request
def there_is_nothing_to_ask() -> None:
    """Figures are published, not looked up: a question gets what any unknown page gets."""
    if request.query_string:
        raise NotFound
