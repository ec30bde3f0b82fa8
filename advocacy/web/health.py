"""Whether the process is up, and whether it can do its work. No figure of anybody."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from werkzeug.exceptions import ServiceUnavailable

from integrations.database import one_statement

# In a standby, too; a page could be read, but nothing that is pressed would be stored.
_TAKES_CHANGES = text("SELECT current_setting('transaction_read_only') = 'off'")


def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"ok": True}


def ready() -> ResponseReturnValue:
    """The database answers and takes changes; if not, the error page says 503."""
    if not _database_takes_changes():
        raise ServiceUnavailable
    return {"ok": True}


def ready_to_read() -> ResponseReturnValue:
    """The database answers."""
    _database_takes_changes()
    return {"ok": True}


def _database_takes_changes() -> bool:
    with one_statement() as database:
        return bool(database.scalar(_TAKES_CHANGES))


def pages(*, changes: bool = True) -> Blueprint:
    """Both; `changes` is whether the process needs a database that takes them."""
    found = Blueprint("health", __name__)
    found.add_url_rule("/healthz", "alive", alive)
    found.add_url_rule("/readyz", "ready", ready if changes else ready_to_read)
    return found


for view in (alive, ready, ready_to_read):
    view.access = None  # type: ignore[attr-defined]
blueprint = pages()
