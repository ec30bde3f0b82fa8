"""A database connection that gives up when the server has stopped answering.

The server ends what takes too long by itself (`statement_timeout`). One that hangs,
with its connections open, cannot; without this whoever asked would wait for ever.
"""

from typing import Any, Self

from psycopg import Connection, OperationalError
from psycopg.pq import TransactionStatus

# Asking a pooled connection whether it still lives; with the three seconds for a new
# one this stays below the six of reliability.md 6, T5.
PING_SECONDS = 2.0
GRACE_SECONDS = 1.0  # after the server's own limit


class PatientConnection(Connection[Any]):
    """psycopg's connection with a last moment for every answer."""

    statement_seconds: float
    # While it is only asked whether the server is there.
    hurried = False

    @classmethod
    def opened(cls, statement_seconds: float, *given: Any, **named: Any) -> Self:
        """Connect; the server ends statements after `statement_seconds` itself."""
        connection = cls.connect(*given, **named)
        connection.statement_seconds = statement_seconds
        return connection

    def wait(
        self, gen: Any, interval: float = 0.1, timeout: float | None = None
    ) -> Any:
        """As psycopg waits, but not for ever. Raises OperationalError."""
        try:
            return super().wait(gen, interval, timeout or self._limit)
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()  # an answer that comes later has nobody to go to
            raise

    @property
    def _limit(self) -> float:
        return PING_SECONDS if self.hurried else self.statement_seconds + GRACE_SECONDS
