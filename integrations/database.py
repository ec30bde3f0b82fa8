"""The database: how rows are declared, how a transaction is opened, what waits for its end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Engine, Enum, MetaData, Text, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker

from integrations.patient_connection import PatientConnection

# One name for each kind of constraint, so that a migration can always say which it means.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


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
    url: str, *, statement_timeout_ms: int = 10_000, pool_size: int = 8
) -> Engine:
    """Point `open_session` at `url`, with the limits of reliability.md 3.3."""
    options = (
        f"-c statement_timeout={statement_timeout_ms} -c lock_timeout=3000"
        " -c idle_in_transaction_session_timeout=30000 -c timezone=UTC"
        # What was answered for is on the disk, whatever the server's own setting is.
        " -c synchronous_commit=on"
    )
    arguments: dict[str, Any] = {
        "connect_timeout": 3,
        "options": options,
        "keepalives_idle": 30,
        # A server that vanished from the network is given up; milliseconds.
        "tcp_user_timeout": 5000,
    }
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_recycle=300,
        pool_timeout=5,
        pool_size=pool_size,
        # What an error says may end in a log, and parameters are texts of people.
        hide_parameters=True,
        connect_args=arguments,
    )
    _be_patient(engine, statement_timeout_ms / 1000)
    open_session.configure(bind=engine)
    return engine


def _be_patient(engine: Engine, seconds: float) -> None:
    @event.listens_for(engine, "do_connect")
    def _open(_dialect: Any, _record: Any, given: Any, named: Any) -> PatientConnection:
        return PatientConnection.opened(seconds, *given, **named)


@contextmanager
def transaction() -> Iterator[Session]:
    """Commit when the block ends well, roll back when it does not."""
    with open_session.begin() as session:
        yield session
    for call in session.info.pop("after_commit", ()):
        call()


def after_commit(session: Session, call: Callable[[], object]) -> None:
    """Run `call` once the transaction is stored; forget it if that fails."""
    session.info.setdefault("after_commit", []).append(call)
