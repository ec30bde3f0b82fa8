"""One page for every error: what happened, what was kept, what to do. It must not fail twice."""

import secrets
import string
from collections.abc import Callable

import structlog
from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from advocacy.web.error_words import sentence_of, words_for
from advocacy.web.kept_text import kept_text_page, sent_by_own_page, text_sent
from integrations.database_away import DATABASE_AWAY, code_of
from integrations.errors import ExpectedError

RETRY_SECONDS = 30
log = structlog.get_logger()


def _reference() -> str:
    """A code people can read out to a helpdesk; it is in the log beside what happened."""
    letters = string.ascii_uppercase.replace("O", "").replace("I", "") + "23456789"
    code = "".join(secrets.choice(letters) for _place in range(6))
    return f"{code[:2]}-{code[2:]}"


def error_page(
    status: int, sentence: str = "", reference: str = "", title: str = ""
) -> ResponseReturnValue:
    """Render the page for `status`; `sentence` and `title` replace the general ones."""
    words = words_for(status)
    page = render_template(
        "error.html",
        status=status,
        title=title or words.title,
        sentence=sentence or words.sentence,
        reference=reference,
    )
    headers = {"Retry-After": str(RETRY_SECONDS)} if status in {429, 503} else {}
    return page, status, headers


def install(app: Flask, page_before: Callable[[str], str]) -> None:
    """Answer every kind of error with its page.

    `page_before` tells which page of ours sent a form, else what it is given.
    """

    @app.errorhandler(ExpectedError)
    def expected(error: ExpectedError) -> ResponseReturnValue:
        return error_page(error.status, sentence_of(error))

    @app.errorhandler(CSRFError)
    def stale_form(_error: CSRFError) -> ResponseReturnValue:
        if text_sent() and sent_by_own_page():
            return kept_text_page(400, words_for(400).title, back=page_before(""))
        return error_page(400)

    @app.errorhandler(HTTPException)
    def by_status(error: HTTPException) -> ResponseReturnValue:
        status = error.code or 500
        return error_page(status) if status >= 400 else error

    def database_away(error: Exception) -> ResponseReturnValue:
        log.warning("database away", kind=type(error).__name__, code=code_of(error))
        return error_page(503)

    for kind in DATABASE_AWAY:
        app.register_error_handler(kind, database_away)

    @app.errorhandler(Exception)
    def bug(error: Exception) -> ResponseReturnValue:
        reference = _reference()
        log.error("bug", exc_info=error, reference=reference, endpoint=request.endpoint)
        return error_page(500, reference=reference)
