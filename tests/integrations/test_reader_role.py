"""The role for pages that only read: what it may see, and that it never stays on."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

from advocacy.migrations import running
from advocacy.migrations.readable import READABLE
from advocacy.migrations.tables import metadata
from integrations.database import transaction
from integrations.reader_role import (
    FOR_THE_DBA,
    READER,
    ReaderIsMissing,
    set_reader_up,
)

WHO = text("SELECT current_user")


def count(table):
    return text(f'SELECT count(*) FROM "{table}"')  # noqa: S608


def denied(session, statement):
    with pytest.raises(ProgrammingError, match="permission denied"):
        session.execute(statement)


@pytest.mark.parametrize("table", sorted(metadata.tables.keys() - READABLE))
def test_what_is_not_on_the_list_is_refused(session, table):
    with transaction(READER) as reading, reading.begin_nested() as trial:
        denied(reading, count(table))
        trial.rollback()


@pytest.mark.parametrize("table", sorted(READABLE))
def test_what_is_on_the_list_can_be_read_and_not_changed(session, table):
    with transaction(READER) as reading:
        reading.execute(count(table))
        for change in (
            "DELETE FROM {}",
            "TRUNCATE {}",
            "INSERT INTO {} DEFAULT VALUES",
        ):
            with reading.begin_nested() as trial:
                denied(reading, text(change.format(f'"{table}"')))
                trial.rollback()


def test_nothing_about_a_person_is_on_the_list():
    """Written down once more, so that a new line is somebody's decision."""
    assert {
        *("person", "account", "sign_in", "share", "publish_attempt", "link"),
        *("click_day", "click_total", "visit_batch", "consent", "consent_event"),
        *("head_snapshot", "item_use", "share_figures", "last_token"),
    } <= metadata.tables.keys() - READABLE
    naming = {
        table.name
        for table in metadata.tables.values()
        if table.name in READABLE
        for key in table.foreign_keys
        if key.column.table.name == "person"
    }
    assert naming == {"parameter_proposal"}  # whoever proposed it, for the second key


def _fails(role):
    with transaction(role) as reading:
        assert reading.scalar(WHO) == READER
        raise ValueError


def test_the_role_ends_with_the_block_however_that_ends(session):
    before = session.scalar(WHO)
    with transaction(READER) as reading:
        assert reading.scalar(WHO) == READER
    assert session.scalar(WHO) == before
    with pytest.raises(ValueError, match=r"^$"):
        _fails(READER)
    assert session.scalar(WHO) == before
    with transaction() as ordinary:
        assert ordinary.scalar(WHO) == before


def test_the_role_ends_with_a_real_transaction_too(database_url):
    with transaction() as session:
        before, mine = session.execute(
            text("SELECT current_user, pg_backend_pid()")
        ).one()
    with transaction(READER) as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) == mine
        assert session.scalar(WHO) == READER
    with pytest.raises(ValueError, match=r"^$"):
        _fails(READER)
    with transaction() as session:
        assert session.scalar(text("SELECT pg_backend_pid()")) == mine
        assert session.scalar(WHO) == before


@pytest.fixture
def as_user(database_url):
    """Make a user, and be that user on a connection of one's own."""
    engine = create_engine(database_url)
    made = []

    def user(name, may):
        with engine.begin() as connection:
            connection.execute(text(f"CREATE ROLE {name} LOGIN PASSWORD 'x' {may}"))
        made.append(name)
        other = create_engine(engine.url.set(username=name, password="x"))
        made.append(other)
        return other

    yield user
    for one in reversed(made):
        if isinstance(one, str):
            with engine.begin() as connection:
                connection.execute(text(f"DROP OWNED BY {one} CASCADE"))
                connection.execute(text(f"DROP ROLE {one}"))
        else:
            one.dispose()
    engine.dispose()


def without_role(monkeypatch, name):
    """Another role's name: the real one belongs to the cluster of all tests."""
    monkeypatch.setattr("integrations.reader_role.READER", name)


def test_who_may_make_roles_makes_it_and_may_be_it(as_user, monkeypatch):
    without_role(monkeypatch, "reader_of_one_test")
    engine = as_user("maker_of_roles", "CREATEROLE")
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMP TABLE seen (n int)"))
        connection.execute(text("CREATE TEMP TABLE unseen (n int)"))
        for _ in range(2):
            set_reader_up(connection, ["seen", "unseen"], ["seen"])
        connection.execute(text("SET LOCAL ROLE reader_of_one_test"))
        assert connection.scalar(count("seen")) == 0
        denied(connection, count("unseen"))
        connection.rollback()
    assert not _exists(engine, "reader_of_one_test")


def _exists(engine, name):
    with engine.connect() as connection:
        return connection.scalar(
            text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :name)"),
            {"name": name},
        )


def test_who_may_not_is_told_what_to_have_done(as_user, monkeypatch):
    without_role(monkeypatch, "reader_nobody_made")
    engine = as_user("plain_user", "")
    with engine.connect() as connection, pytest.raises(ReaderIsMissing) as told:
        set_reader_up(connection, [], [])
    assert str(told.value) == FOR_THE_DBA
    assert "CREATE ROLE advocacy_reader NOLOGIN;" in FOR_THE_DBA


def test_who_was_given_it_by_hand_needs_no_more(as_user, monkeypatch, database_url):
    """What the message asks for is enough."""
    engine = as_user("user_of_a_managed_server", "")
    owner = create_engine(database_url)
    with owner.begin() as connection:
        connection.execute(text(f"GRANT {READER} TO user_of_a_managed_server"))
    owner.dispose()
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMP TABLE seen (n int)"))
        set_reader_up(connection, ["seen"], ["seen"])


def test_rights_that_were_lost_come_back_and_others_go(database_url):
    """A backup that is restored beside another server brings none."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text(f"REVOKE ALL ON released_figure FROM {READER}"))
        connection.execute(text(f"GRANT SELECT ON consent TO {READER}"))
    engine.dispose()
    running.upgrade(database_url)
    with transaction(READER) as session:
        session.execute(count("released_figure"))
        denied(session, count("consent"))
        session.rollback()
