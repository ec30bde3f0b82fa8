"""The works council's report as a file: the same for everybody who is signed in."""

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from advocacy.council.document import Report
from advocacy.council.report import report
from advocacy.council.typeset import pdf_of
from advocacy.errors import NotFound
from advocacy.people.access import requires
from advocacy.people.roles import Permission
from advocacy.web.downloads import as_file
from advocacy.web.runtime import runtime
from integrations.clock import now
from integrations.database import transaction
from integrations.reader_role import READER

blueprint = Blueprint("council", __name__, url_prefix="/works-council")


@blueprint.before_request
def there_is_nothing_to_ask() -> None:
    """There is one report, and no part of it to choose."""
    if request.query_string:
        raise NotFound


@blueprint.get("/report.html")
@requires(Permission.READ_REACH)
def as_html() -> ResponseReturnValue:
    """One file that needs nothing else: no scripts, and nothing to load."""
    found = _report()
    page = render_template("council/report.html", report=found)
    return _file(Response(page, mimetype="text/html"), found, "html")


@blueprint.get("/report.pdf")
@requires(Permission.READ_REACH)
def as_pdf() -> ResponseReturnValue:
    """The same to print and to keep."""
    found = _report()
    return _file(Response(pdf_of(found), mimetype="application/pdf"), found, "pdf")


def _report() -> Report:
    with transaction(READER) as session:
        return report(session, runtime().settings)


def _file(answer: Response, made: Report, ending: str) -> Response:
    name = f"works-council-{now():%Y-%m-%d}-{made.language}.{ending}"
    return as_file(answer, name)
