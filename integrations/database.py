"""The database: how rows are declared, how a transaction is opened, what waits for its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from time import monotonic
from typing import Any, cast

from psycopg import Connection as PsycopgConnection
from sqlalchemy import (
    Connection,
    DateTime,
    Engine,
    Enum,
    MetaData,
    Text,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from integrations.database_away import raise_as_away
from integrations.patient_connection import PatientConnection

# One name for each kind of constraint, so that a migration can always say which it means.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


# Of one process; PostgreSQL has a hundred for all (docs/operations.md).
MOST_CONNECTIONS = 18


class Base(DeclarativeBase):
    """Parent of every row class; times are aware, enums are stored as their text."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {
        datetime: DateTime(timezone=True),
        str: Text(),
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            create_constraint=False,
            length=32,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


open_session: sessionmaker[Session] = sessionmaker(expire_on_commit=False)


def connect(
    url: str, *, statement_timeout_ms: int = 10_000, ask_after: float = 0.0
) -> Engine:
    """Point `open_session` at `url`, with the limits of reliability.md 3.3.

    A connection that was not used for `ask_after` seconds is asked whether it still
    lives before it is used again, which is a way to the server and back.
    """
    engine = create_engine(
        url,
        pool_recycle=300,
        pool_timeout=5,
        # No overflow: it would be opened and closed again for a single statement.
        pool_size=MOST_CONNECTIONS,
        max_overflow=0,
        skip_autocommit_rollback=True,  # after `one_statement` there is nothing to undo
        # What an error says may end in a log, and parameters are texts of people.
        hide_parameters=True,
        connect_args=_limits(statement_timeout_ms),
    )
    _be_patient(engine, statement_timeout_ms / 1000)
    _ask_who_rested(engine, ask_after)
    raise_as_away(engine)
    open_session.configure(bind=engine)
    return engine


def connect_apart(engine: Engine, *, statement_timeout_ms: int) -> PsycopgConnection:
    """A connection beside the engine's, to the same database: each statement stores itself.

    For whoever others wait for: it gives a server that vanished up sooner. Raises
    psycopg.Error.
    """
    given, named = engine.dialect.create_connect_args(engine.url)
    limits = _limits(statement_timeout_ms, connect_seconds=2, silence_ms=2000)
    return PsycopgConnection.connect(*given, **{**named, **limits}, autocommit=True)


def _limits(
    statement_timeout_ms: int, connect_seconds: int = 3, silence_ms: int = 5000
) -> dict[str, Any]:
    """What a connection is opened with."""
    options = (
        f"-c statement_timeout={statement_timeout_ms} -c lock_timeout=3000"
        " -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
        # What was answered for is on the disk, whatever the server's own setting is.
        " -c synchronous_commit=on"
    )
    return {
        "connect_timeout": connect_seconds,
        "options": options,
        "keepalives_idle": 30,
        # A server that vanished from the network is given up.
        "tcp_user_timeout": silence_ms,
    }


def _be_patient(engine: Engine, seconds: float) -> None:
    @event.listens_for(engine, "do_connect")
    def _open(_dialect: Any, _record: Any, given: Any, named: Any) -> PatientConnection:
        return PatientConnection.opened(seconds, *given, **named)


def _ask_who_rested(engine: Engine, after: float) -> None:
    """As `pool_pre_ping`, which asks each time: a burst uses one every few ms."""

    @event.listens_for(engine, "checkin")
    def _rests(_connection: Any, record: Any) -> None:
        record.info["rests_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def _wake(connection: PatientConnection, record: Any, _proxy: Any) -> None:
        since = record.info.get("rests_since")  # a new one has just been opened
        if since is None or monotonic() - since < after:
            return
        connection.hurried = True
        try:
            engine.dialect.do_ping(connection)  # type: ignore[arg-type] # it is one
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError from error  # the pool opens another
        finally:
            connection.hurried = False


@contextmanager
def one_statement(*, hurried: bool = False) -> Iterator[Connection]:
    """A connection on which each statement stores itself.

    For a single one, or for questions whose answers need not be of one moment: to begin
    and to commit would be two more ways to the server. If `hurried`, an answer may take
    no longer than a ping.
    """
    bind: Engine | Connection = open_session.kw["bind"]
    if isinstance(bind, Connection):  # all happens inside a transaction: in tests
        with bind.begin_nested():
            yield bind
        return
    with bind.connect() as connection:
        driver = cast("PatientConnection", connection.connection.driver_connection)
        driver.hurried = hurried
        try:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")
        finally:
            driver.hurried = False


def _inside_another(session: Session) -> bool:
    """Whether its end is not the end of the database's transaction: in tests."""
    return session.in_transaction() and session.connection().in_nested_transaction()


@contextmanager
def transaction(role: str | None = None) -> Iterator[Session]:
    """Commit when the block ends well, roll back when it does not.

    With a `role` the database allows what that role may, and no more.
    """
    with open_session.begin() as session:
        if role:
            session.execute(text(f"SET LOCAL ROLE {role}"))
        yield session
        if role and _inside_another(session):
            # A savepoint that is released would leave the role to what follows.
            session.execute(text("RESET ROLE"))
    for call in session.info.pop("after_commit", ()):
        call()


def hold(session: Session, lock: int) -> None:
    """Wait for an advisory lock, and have it until the transaction ends."""
    session.execute(select(func.pg_advisory_xact_lock(lock)))


def after_commit(session: Session, call: Callable[[], object]) -> None:
    """Run `call` once the transaction is stored; forget it if that fails."""
    session.info.setdefault("after_commit", []).append(call)
