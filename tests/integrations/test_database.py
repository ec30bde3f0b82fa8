"""The boundary of a transaction."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from content.topics import Topic
from integrations.database import after_commit, transaction


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
