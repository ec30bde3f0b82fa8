"""A database that takes no changes for a while, as a standby or one with a full disk."""

from typing import Self

from sqlalchemy import Engine, create_engine, text

# Whoever ends it must be able to write, and says so before the first transaction.
MAY_WRITE = {"options": "-c default_transaction_read_only=off"}


class Refusing:
    """Connections that are opened from now on may only read, until they may write again."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._beside = create_engine(
            engine.url, isolation_level="AUTOCOMMIT", connect_args=MAY_WRITE
        )

    def __enter__(self) -> Self:
        self._say("SET default_transaction_read_only = on")
        self.engine.dispose()  # as a failover ends them
        return self

    def end(self) -> None:
        """The engine's connections stay as they are: it has to find out."""
        self._say("RESET default_transaction_read_only")

    def __exit__(self, *_problem: object) -> None:
        self.end()
        self._beside.dispose()

    def _say(self, what: str) -> None:
        with self._beside.connect() as connection:
            name = self.engine.url.database
            connection.execute(text(f'ALTER DATABASE "{name}" {what}'))
