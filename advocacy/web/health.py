"""Whether the process is up, and whether it can do its work. No figure of anybody."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from integrations.database import open_session

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """The process answers."""
    return {"ok": True}


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """The database answers too; if not, the error page says 503."""
    with open_session() as session:
        session.execute(text("SELECT 1"))
    return {"ok": True}


alive.access = None  # type: ignore[attr-defined]
ready.access = None  # type: ignore[attr-defined]
