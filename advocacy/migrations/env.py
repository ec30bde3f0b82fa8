"""How Alembic reaches the database: the address comes from whoever runs the migration."""

from alembic import context
from sqlalchemy import create_engine, pool, text

from advocacy.migrations.tables import metadata

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
