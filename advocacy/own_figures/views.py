"""One's own figures: the page, and the same as a table and as JSON."""

from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.own_figures.export import lines, records
from advocacy.own_figures.own_visits import own_visits
from advocacy.own_figures.page import own_posts_shown
from advocacy.own_figures.queries import own_posts
from advocacy.own_figures.words import LEFT_OUT
from advocacy.people.access import requires, signed_in_person
from advocacy.people.roles import Permission
from advocacy.shares.figure_asking import own_figures
from advocacy.shares.figure_words import count_in_words
from advocacy.web.downloads import csv_file, json_file
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction

MOST = 20  # posts on one page
FILE = "my-figures"

blueprint = Blueprint("own_figures", __name__, url_prefix="/shares")


@blueprint.get("/figures")
@requires(Permission.OWN_DATA)
def page() -> ResponseReturnValue:
    """What was counted of one's own posts, newest first."""
    person, at = signed_in_person(), now()
    exact = request.args.get("visits") == "exact"
    # No text in PostgreSQL holds a NUL.
    before = request.args.get("before", "").replace("\0", "")
    with transaction() as session:
        found = own_posts(session, person.id, before=before, most=MOST + 1)
        posts = found[:MOST]
        visits = own_visits(session, person.id, posts)
        figures = own_figures(session, person.id, at, exact=exact)
    shown = own_posts_shown(posts, visits, at.date(), exact=exact)
    return render_template(
        "own_figures/page.html",
        posts=shown,
        some_folded=any(one.is_folded for one in shown),
        counted=visits.purpose_is_on,
        figures=figures,
        left_out=LEFT_OUT.values(),
        exact=exact,
        before=before,
        older=posts[-1].public_id if len(found) > MOST else "",
        in_words=count_in_words,
    )


@blueprint.get("/figures.csv")
@requires(Permission.OWN_DATA)
def as_table() -> ResponseReturnValue:
    """One line a post."""
    header = [
        _("Story"),
        _("Network"),
        _("Posted on"),
        _("Link"),
        _("Visits"),
        *(str(one.name) for one in LEFT_OUT.values()),
    ]
    return csv_file(header, lines(_records()), FILE)


@blueprint.get("/figures.json")
@requires(Permission.OWN_DATA)
def as_json() -> ResponseReturnValue:
    """The same with the days that are kept apart; days are those of UTC."""
    return json_file({"posts": _records()}, FILE)


def _records() -> list[dict[str, Any]]:
    person = signed_in_person()
    with transaction() as session:
        posts = own_posts(session, person.id)
        visits = own_visits(session, person.id, posts)
    return records(posts, visits, runtime().settings.base_url)
