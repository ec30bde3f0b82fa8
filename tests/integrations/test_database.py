"""The boundary of a transaction."""

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from content.topics import Topic
from integrations.database import (
    after_commit,
    connect,
    one_statement,
    open_session,
    transaction,
)
from integrations.patient_connection import PING_SECONDS, PatientConnection


def _topics(session: Session) -> int:
    return session.scalar(text("SELECT count(*) FROM topic")) or 0


def _add_and_fail(calls: list[str]) -> None:
    with transaction() as inner:
        inner.add(Topic(slug="grid", name_en="Grid", name_nl="Net"))
        after_commit(inner, lambda: calls.append("stored"))
        raise ValueError("no")


def test_a_block_that_ends_well_is_stored_and_then_calls_what_waited(session):
    calls = []
    with transaction() as inner:
        inner.add(Topic(slug="grid", name_en="Grid", name_nl="Net"))
        after_commit(inner, lambda: calls.append("stored"))
        assert calls == []
    assert calls == ["stored"]
    assert _topics(session) == 1


def test_a_block_that_fails_stores_nothing_and_calls_nothing(session):
    calls = []
    with pytest.raises(ValueError, match="no"):
        _add_and_fail(calls)
    assert calls == []
    assert _topics(session) == 0


@pytest.mark.parametrize("table", ["consent_event", "released_figure", "ledger_entry"])
def test_rows_that_may_only_be_added_refuse_everything_else(session, table):
    with pytest.raises(DBAPIError, match="only ever added"), session.begin_nested():
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    with pytest.raises(DBAPIError, match="only ever added"), session.begin_nested():
        session.execute(text(f"UPDATE {table} SET id = id"))  # noqa: S608


def _names(connection: Connection) -> list[str]:
    return list(connection.scalars(text("SELECT slug FROM topic")))


ADDED = text(
    "INSERT INTO topic (slug, name_en, name_nl, position) VALUES ('a', 'A', 'A', 1)"
)


def test_one_statement_is_stored_at_once(database_url):
    with one_statement() as connection:
        connection.execute(ADDED)
        with open_session() as other:
            assert _names(other.connection()) == ["a"]


def test_what_comes_after_one_statement_is_a_transaction_again(database_url):
    with one_statement() as connection:
        mine = connection.scalar(text("SELECT pg_backend_pid()"))
    with open_session() as session:
        session.execute(ADDED)
        assert session.scalar(text("SELECT pg_backend_pid()")) == mine
        session.rollback()
        assert _names(session.connection()) == []


def test_a_connection_that_died_while_it_rested_is_replaced(database_url):
    with open_session() as session, open_session() as killer:
        pid = session.scalar(text("SELECT pg_backend_pid()"))
        killer.connection()
        session.rollback()
        killer.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

    with open_session() as session, open_session() as second:
        assert session.scalar(text("SELECT 1")) == 1
        assert second.scalar(text("SELECT 1")) == 1


def test_who_is_asked_whether_it_lives_answers_soon_or_not_at_all(database_url):
    """A server that hangs with its connections open must not hold a page."""
    limits = _limits_of_a_second_use()
    assert min(limits) == PING_SECONDS < max(limits)


def test_a_hurried_statement_is_the_only_one_in_a_hurry(database_url):
    with one_statement(hurried=True) as connection:
        driver = connection.connection.driver_connection
        assert driver.hurried
    with one_statement() as connection:
        assert connection.connection.driver_connection is driver
        assert not driver.hurried


def test_a_worker_does_not_ask_a_connection_that_it_used_just_now(database_url):
    engine = connect(database_url, ask_after=60)
    assert min(_limits_of_a_second_use()) > PING_SECONDS
    engine.dispose()


def _limits_of_a_second_use():
    limits = []

    class Asked(PatientConnection):
        @property
        def _limit(self):
            limits.append(super()._limit)
            return super()._limit

    with open_session() as session:
        session.execute(text("SELECT 1"))
        session.connection().connection.driver_connection.__class__ = Asked
    with open_session() as session:
        session.execute(text("SELECT 1"))
    return limits
