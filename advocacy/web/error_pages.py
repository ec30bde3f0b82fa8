"""One page for every error: what happened, what was kept, what to do. It must not fail twice."""

import secrets
import string

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from integrations.errors import ExpectedError

RETRY_SECONDS = 30
log = structlog.get_logger()


def _words(status: int) -> tuple[str, str]:
    """Title and sentence of a status."""
    words = {
        400: (
            _("This page was open too long"),
            _(
                "Nothing was sent. Go back, load the page again, and what you wrote is still there."
            ),
        ),
        403: (
            _("This is not for you"),
            _(
                "You are signed in, but this page belongs to another role. Nothing was changed."
            ),
        ),
        404: (
            _("There is no page here for you"),
            _(
                "The address may be old, or the item has left the library. Nothing you wrote is lost."
            ),
        ),
        405: (
            _("There is no page here for you"),
            _(
                "The address may be old, or the item has left the library. Nothing you wrote is lost."
            ),
        ),
        413: (
            _("That file is too large"),
            _(
                "Go back: the rest of what you filled in is still there. Choose a smaller file."
            ),
        ),
        422: (
            _("That could not be done"),
            _(
                "Something in the form did not fit. Go back and look once more; nothing was sent."
            ),
        ),
        429: (
            _("A little slower, please"),
            _(
                "There were too many tries in a short time. Wait a minute and try again."
            ),
        ),
        503: (
            _("We are out for a moment"),
            _(
                "A part of the service does not answer. Nothing was sent. Try again in half a minute."
            ),
        ),
    }
    return words.get(
        status,
        (
            _("Something broke on our side"),
            _("Nothing was sent. Try again in a minute."),
        ),
    )


def _reference() -> str:
    """A code people can read out to a helpdesk; it is in the log beside what happened."""
    letters = string.ascii_uppercase.replace("O", "").replace("I", "") + "23456789"
    code = "".join(secrets.choice(letters) for _place in range(6))
    return f"{code[:2]}-{code[2:]}"


def error_page(
    status: int, sentence: object = "", reference: str = ""
) -> ResponseReturnValue:
    """Render the page for `status`; `sentence` replaces the general one."""
    title, general = _words(status)
    page = render_template(
        "error.html",
        status=status,
        title=title,
        sentence=str(sentence) if sentence else general,
        reference=reference,
    )
    headers = {"Retry-After": str(RETRY_SECONDS)} if status in {429, 503} else {}
    return page, status, headers


def install(app: Flask) -> None:
    """Answer every kind of error with its page."""

    @app.errorhandler(ExpectedError)
    def expected(error: ExpectedError) -> ResponseReturnValue:
        return error_page(error.status, error.args[0] if error.args else "")

    @app.errorhandler(CSRFError)
    def stale_form(error: CSRFError) -> ResponseReturnValue:
        return error_page(400)

    @app.errorhandler(HTTPException)
    def by_status(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        return error_page(status) if status >= 400 else error

    @app.errorhandler(OperationalError)
    @app.errorhandler(PoolTimeout)
    def database_away(error: Exception) -> ResponseReturnValue:
        log.warning("database away", kind=type(error).__name__)
        return error_page(503)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> ResponseReturnValue:
        reference = _reference()
        log.exception("bug", reference=reference, endpoint=request.endpoint)
        return error_page(500, reference=reference)
