"""How Alembic reaches the database: the address comes from whoever runs the migration."""

from alembic import context
from sqlalchemy import create_engine, inspect, pool, text

from advocacy.migrations.readable import READABLE
from advocacy.migrations.tables import metadata
from integrations.reader_role import set_reader_up

config = context.config
address = config.get_main_option("sqlalchemy.url") or ""

engine = create_engine(address, poolclass=pool.NullPool)
with engine.connect() as connection:
    # A migration that cannot get its lock gives up instead of stopping the service.
    connection.execute(text("SET lock_timeout = '4s'"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=metadata,
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
    # After every run and not in a migration: rights of before must not be left over, and
    # a database that was restored beside another server has none.
    connection.commit()
    with connection.begin():
        there = metadata.tables.keys() & set(inspect(connection).get_table_names())
        set_reader_up(connection, there, there & READABLE)
