"""One statement a batch: once, durable, and with errors that quote nothing."""

from uuid import uuid4

import pytest
from psycopg import Error
from psycopg.errors import NotNullViolation, QueryCanceled
from sqlalchemy import create_engine, select, text

from advocacy.links.batch_store import BatchStore
from advocacy.links.batches import VisitBatch
from integrations.database import transaction

ONE = "AAAAAAAAAAA 2026-11-03 counted 2"


@pytest.fixture
def store(database_url):
    engine = create_engine(database_url)
    store = BatchStore(engine)
    yield store
    store.close()
    engine.dispose()


def stored():
    with transaction() as session:
        return session.scalars(select(VisitBatch.visits)).all()


def run(statement):
    with transaction() as session:
        session.execute(text(statement))


def test_a_batch_that_is_stored_again_is_there_once(store):
    batch_id = uuid4()
    for _ in range(2):
        store.store(batch_id, ONE)
    store.store(uuid4(), "")
    assert stored() == [ONE, ""]


def test_a_refusal_tells_its_kind_and_no_code(store):
    run("ALTER TABLE visit_batch ADD secret text NOT NULL")
    with pytest.raises(NotNullViolation) as refusal:
        store.store(uuid4(), ONE)
    assert "AAAAAAAAAAA" not in str(refusal.value)
    assert store.connection is None


def test_a_table_that_is_gone_is_an_error_and_leaves_no_connection(store):
    run("ALTER TABLE visit_batch RENAME TO elsewhere")
    with pytest.raises(Error):
        store.store(uuid4(), ONE)
    assert store.connection is None
    run("ALTER TABLE elsewhere RENAME TO visit_batch")
    store.store(uuid4(), ONE)
    assert stored() == [ONE]


def test_a_connection_that_broke_is_an_error_and_replaced(store):
    store.store(uuid4(), ONE)
    run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with pytest.raises(Error):
        store.store(uuid4(), ONE)
    store.store(uuid4(), ONE)
    assert stored() == [ONE, ONE]


def test_a_locked_table_is_not_waited_for_without_end(store):
    store.store(uuid4(), ONE)
    with transaction() as session:
        session.execute(text("LOCK TABLE visit_batch"))
        with pytest.raises(QueryCanceled):
            store.store(uuid4(), ONE)
