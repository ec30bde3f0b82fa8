"""Whatever means that the database cannot take it now is raised as one kind of error."""

import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import InternalError, OperationalError, ProgrammingError

from integrations.database import one_statement, open_session, transaction
from integrations.database_away import DATABASE_AWAY, code_of
from tests.refusing import Refusing

ADD = text(
    "INSERT INTO topic (slug, name_en, name_nl, position) VALUES (:slug, 'a', 'b', 1)"
)
SECRET = {"slug": "a text of somebody"}


@pytest.mark.parametrize("code", ["53100", "53300", "57P01", "57P03", "58030", "08006"])
def test_the_other_ways_to_be_away_are_operational_errors_already(code):
    assert issubclass(errors.lookup(code), errors.OperationalError)


def test_one_that_only_reads_is_away_for_whoever_writes(database_url):
    with Refusing(open_session.kw["bind"]) as refusing:
        with pytest.raises(DATABASE_AWAY) as caught, transaction() as session:
            session.execute(ADD, SECRET)
        with pytest.raises(DATABASE_AWAY), one_statement() as database:
            database.execute(ADD, SECRET)
        with one_statement() as database:
            assert database.scalar(text("SELECT count(*) FROM topic")) == 0
        refusing.end()

    assert code_of(caught.value) == "25006"
    assert SECRET["slug"] not in str(caught.value)


def test_when_another_has_taken_over_the_next_connection_leads_there(database_url):
    with Refusing(open_session.kw["bind"]) as refusing:
        with pytest.raises(OperationalError), one_statement() as database:
            database.execute(ADD, SECRET)
        refusing.end()

        with one_statement() as database:
            database.execute(ADD, SECRET)


def test_a_transaction_that_its_process_slept_in_is_ended_by_the_server(database_url):
    """Which says so, if its word arrives before its end."""
    with open_session() as session:
        session.execute(text("SET idle_in_transaction_session_timeout = '1ms'"))
        with one_statement() as beside:
            beside.execute(text("SELECT pg_sleep(0.5)"))
        with pytest.raises(DATABASE_AWAY) as caught:
            session.execute(text("SELECT 1"))
    assert code_of(caught.value) in {"25P03", ""}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("SELECT nothing", ProgrammingError),
        ("DECLARE a CURSOR FOR SELECT 1", InternalError),
    ],
)
def test_a_mistake_of_ours_stays_one(database_url, question, kind):
    """Also where PostgreSQL files it beside a database that only reads."""
    with pytest.raises(kind) as caught, one_statement() as database:
        database.execute(text(question))
    assert not isinstance(caught.value, DATABASE_AWAY)
