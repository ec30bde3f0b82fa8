"""When the database cannot do what it is asked now, though nothing is wrong with the question."""

from psycopg import errors
from sqlalchemy import Engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

# Gone, full, stopping, starting, or with no connection to spare: SQLSTATE classes 08, 53,
# 57 and 58 are all OperationalError in psycopg.
DATABASE_AWAY = (OperationalError, InterfaceError, NoConnection)

# These are not: they stand in class 25, beside mistakes in the order of statements. A
# standby, or a server whose disk is nearly full, refuses to write; a process that slept in
# a transaction finds that the server has ended it.
_AWAY_TOO = (
    errors.ReadOnlySqlTransaction,
    errors.IdleInTransactionSessionTimeout,
    errors.TransactionTimeout,
)


def raise_as_away(engine: Engine) -> None:
    """Let `engine` raise OperationalError for whatever means that the database is away."""

    @event.listens_for(engine, "handle_error", retval=True)
    def _raised(context: ExceptionContext) -> BaseException | None:
        cause = context.original_exception
        if not isinstance(cause, _AWAY_TOO):
            return None
        # New connections may lead to a server that has taken over.
        context.is_disconnect = True
        # No parameters: they are texts of people.
        return OperationalError(
            context.statement, None, cause, connection_invalidated=True
        )


def code_of(error: BaseException) -> str:
    """The SQLSTATE, for a log; empty where nothing came from the server."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return getattr(cause, "sqlstate", None) or ""
