"""The database role for pages that only read: it may see what is granted, nothing else.

What is not on the list of a page's tables the database itself refuses, whatever a query
says. The role belongs to the cluster and cannot sign in; the service's own user may take
it on for a transaction (`database.transaction`).
"""

from collections.abc import Iterable

from sqlalchemy import Connection, text
from sqlalchemy.exc import ProgrammingError

READER = "advocacy_reader"
FOR_THE_DBA = f"""\
The user of DATABASE_URL may not make the role {READER}. Somebody who may runs, once:
  CREATE ROLE {READER} NOLOGIN;
  GRANT {READER} TO the user of DATABASE_URL;
and then the migration is run again."""


class ReaderIsMissing(Exception):
    """The role has to be made by hand; the message says how."""

    def __init__(self) -> None:
        super().__init__(FOR_THE_DBA)


def set_reader_up(
    connection: Connection, tables: Iterable[str], readable: Iterable[str]
) -> None:
    """Let the reader read `readable` of our `tables`, and none of the others.

    Inside a transaction, as often as one likes: a backup brings no role along, and one
    that is restored elsewhere gets its rights here. Raises ReaderIsMissing.
    """
    if not _exists(connection):
        _run(connection, f"CREATE ROLE {READER} NOLOGIN")
    if not _may_be_taken_on(connection):
        _run(connection, f"GRANT {READER} TO CURRENT_USER")
    for table in tables:
        connection.execute(text(f'REVOKE ALL ON "{table}" FROM {READER}'))
    for table in readable:
        connection.execute(text(f'GRANT SELECT ON "{table}" TO {READER}'))


def _exists(connection: Connection) -> bool:
    roles = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :name)")
    return bool(connection.scalar(roles, {"name": READER}))


def _may_be_taken_on(connection: Connection) -> bool:
    """Tried, as servers differ: who makes a role need not be allowed to be it."""
    trial = connection.begin_nested()
    try:
        connection.execute(text(f"SET LOCAL ROLE {READER}"))
    except ProgrammingError:
        return False
    finally:
        trial.rollback()
    return True


def _run(connection: Connection, statement: str) -> None:
    try:
        # Another database of the same cluster may be just as far.
        connection.execute(
            text(
                f"DO $$ BEGIN {statement};"
                " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
            )
        )
    except ProgrammingError as error:
        raise ReaderIsMissing from error
