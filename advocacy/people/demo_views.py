"""Looking around as a sample person. The app registers this in the demonstration
only.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from advocacy.errors import NotFound
from advocacy.people.access import open_to_all
from advocacy.people.coming_back import local_path
from advocacy.people.demo_people import demo_people
from advocacy.people.signing_in import sign_in
from integrations.database import transaction

blueprint = Blueprint("people_demo", __name__, url_prefix="/demo")


@blueprint.route("/people", methods=["GET", "POST"])
@open_to_all
def choose_person() -> ResponseReturnValue:
    """The people to choose from; a POST signs in as one of them, and as nobody else."""
    onward = local_path(request.values.get("next"))
    with transaction() as session:
        samples = demo_people(session)
        people = {person.email: person for person, _does in samples}
        chosen = request.form.get("as")
        if request.method == "POST":
            if chosen not in people:
                raise NotFound
            sign_in(session, people[chosen])
            return redirect(onward or url_for("library.front"))
    return render_template("people/demo_people.html", samples=samples, onward=onward)
