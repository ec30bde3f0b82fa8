"""Rows by the hundred thousand: one made by the product's own code, then repeated in SQL.

So a new column needs no change here; it takes the value that the first row has.
"""

from collections.abc import Mapping

from sqlalchemy import Connection, Engine, inspect, text


def repeat(
    connection: Connection, table: str, times: int, changed: Mapping[str, str]
) -> None:
    """Repeat a table's only row. `changed` says a column in SQL; n counts from 1."""
    columns = [
        column["name"]
        for column in inspect(connection).get_columns(table)
        if not column.get("computed")
        and (column["name"] in changed or column.get("autoincrement") is not True)
    ]
    values = [changed.get(name, f"one.{name}") for name in columns]
    connection.execute(
        text(
            f"INSERT INTO {table} ({', '.join(columns)})"  # noqa: S608 – names are ours
            f" SELECT {', '.join(values)}"
            f" FROM (SELECT * FROM {table} LIMIT 1) AS one,"
            " generate_series(1, :times) AS n"
        ),
        {"times": times},
    )


def settle(engine: Engine) -> None:
    """Let PostgreSQL know what it has, as it would after a while."""
    once = engine.execution_options(isolation_level="AUTOCOMMIT")
    with once.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
        connection.execute(text("CHECKPOINT"))
