"""The writer's own connection: stores a batch of visits in one durable statement."""

from uuid import UUID

from psycopg import Connection, Error, OperationalError
from psycopg.errors import lookup
from psycopg.pq import DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult
from sqlalchemy import Engine

from integrations.database import connect_apart

# A server that takes longer is worked around: visitors wait for it.
STATEMENT_MS = 1000
NAME = b"store_visits"
# Appended, never added up here: no row is locked that another process may hold.
STORE = b"INSERT INTO visit_batch (id, visits) VALUES ($1, $2) ON CONFLICT DO NOTHING"
# What a result without a code of its own is: the connection broke.
BROKEN = "08006"


class BatchStore:
    """One connection, kept open, each statement its own transaction."""

    def __init__(self, engine: Engine) -> None:
        """The engine says where the database is; its connections are left alone."""
        self.engine = engine
        self.connection: Connection | None = None

    def store(self, batch_id: UUID, visits: str) -> None:
        """Store the batch, all of it, durably; one that is there already is left alone.

        Raises psycopg.Error; then it may be stored or not, and may be stored again. Waits
        without end for a server that hangs: whoever cannot wait must not.
        """
        try:
            if self.connection is None:
                self._open()
            assert self.connection is not None
            # libpq's own call: a cursor's takes more of the visitors' processor time.
            server = self.connection.pgconn
            values = [str(batch_id).encode(), visits.encode()]
            _check(server.exec_prepared(NAME, values))
        except Error:
            self.close()
            raise

    def close(self) -> None:
        """End the connection; the next batch opens another."""
        connection, self.connection = self.connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> None:
        self.connection = connect_apart(self.engine, statement_timeout_ms=STATEMENT_MS)
        _check(self.connection.pgconn.prepare(NAME, STORE))


def _check(result: PGresult) -> None:
    """Raise what went wrong, without the server's words, which may quote a code."""
    if result.status == ExecStatus.COMMAND_OK:
        return
    state = result.error_field(DiagnosticField.SQLSTATE) or BROKEN.encode()
    try:
        kind = lookup(state.decode())
    except KeyError:
        kind = OperationalError
    raise kind
