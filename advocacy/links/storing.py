"""The counter's own connection: stores a batch of visits in one durable statement."""

from collections.abc import Mapping
from datetime import date
from enum import Enum, auto

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from advocacy.links.models import Outcome
from advocacy.links.operations import ADD_VISITS, as_columns

# These pass by themselves: the database is away, busy, or starting again.
AWAY = (OperationalError, InterfaceError, PoolTimeout)

log = structlog.get_logger()


class Stored(Enum):
    """What became of a batch."""

    YES = auto()
    LATER = auto()  # the database is away; worth another try
    NEVER = auto()  # the database is there and refuses it


class Line:
    """One connection, kept open, each statement its own transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.connection: Connection | None = None
        self._was_away = False

    def store(self, rows: Mapping[tuple[str, date, Outcome], int]) -> Stored:
        """Store the batch, all or nothing.

        When the connection breaks in the middle, the database may have taken the batch
        and the answer was lost; storing it again counts it twice. That is rarer than
        losing visits.
        """
        try:
            if self.connection is None:
                self.connection = self._open()
            visits = ((*key, number) for key, number in rows.items())
            self.connection.execute(ADD_VISITS, as_columns(visits))
        except AWAY as error:
            # The error itself quotes the codes, so only its kind may be told.
            if not self._was_away:
                log.warning("visits wait for the database", kind=type(error).__name__)
            self._was_away = True
            self.close()
            return Stored.LATER
        except SQLAlchemyError as error:
            log.warning("visits refused", kind=type(error).__name__)
            self.close()
            return Stored.NEVER
        self._was_away = False
        return Stored.YES

    def close(self) -> None:
        """Give the connection back; a broken one is thrown away."""
        if self.connection is not None:
            connection, self.connection = self.connection, None
            connection.invalidate()
            connection.close()

    def _open(self) -> Connection:
        connection = self.engine.connect().execution_options(
            isolation_level="AUTOCOMMIT"
        )
        # Whatever the server's default is: a visit is stored before its visitor goes
        # on.
        connection.execute(text("SET synchronous_commit = on"))
        return connection
