"""Released figures: the page, the same as a file, and how they are made."""

import csv
from io import StringIO

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.reach.ledger import best_guess, spent
from advocacy.reach.page import csv_rows, reach_page
from advocacy.reach.queries import coming_window, released_windows
from advocacy.reach.tables import (
    BY_HEADS,
    METHOD_VERSION,
    RELEASE_HOUR,
    SMALLEST,
    YEARLY_LIMIT,
)
from advocacy.reach.words import metric_title, rhythm_name, rhythm_title
from integrations.clock import now
from integrations.database import transaction

blueprint = Blueprint("reach", __name__)


@blueprint.get("/reach")
@requires(Permission.READ_REACH)
def page() -> ResponseReturnValue:
    """The organisation's released figures, the same for everybody who signs in."""
    with transaction() as session:
        windows = released_windows(session)
        coming = coming_window(session, now())
    if not windows:
        return render_template("reach/empty.html", coming=coming, floor=SMALLEST)
    shown = reach_page(windows)
    return render_template(
        "reach/page.html",
        reach=shown,
        coming=coming,
        rhythm_title=rhythm_title(shown.table.rhythm),
        rhythm_name=rhythm_name(shown.table.rhythm),
    )


@blueprint.get("/reach.csv")
@requires(Permission.READ_REACH)
def as_file() -> ResponseReturnValue:
    """The tables of the page."""
    with transaction() as session:
        windows = released_windows(session)
    header = [
        _("Figure"),
        _("When"),
        _("About how many"),
        _("Give or take"),
        _("Colleagues"),
    ]
    file = StringIO()
    csv.writer(file).writerows(csv_rows(windows, header))
    return Response(
        file.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": 'attachment; filename="reach.csv"'},
    )


@blueprint.get("/reach/method")
@requires(Permission.READ_REACH)
def method() -> ResponseReturnValue:
    """The whole method in words, with the numbers from the code that keeps to them."""
    year = now().year
    with transaction() as session:
        this_year = spent(session, year)
    return render_template(
        "reach/method.html",
        by_heads=BY_HEADS,
        version=METHOD_VERSION,
        release_hour=RELEASE_HOUR,
        year=year,
        spent=this_year,
        limit=YEARLY_LIMIT,
        best_at_limit=round(100 * best_guess(YEARLY_LIMIT)),
        metric_title=metric_title,
        rhythm_name=rhythm_name,
    )
