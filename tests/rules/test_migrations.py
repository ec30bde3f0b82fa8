"""Migrations: numbered, one head, up and down and up again, equal to the models."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from advocacy.migrations import running
from advocacy.migrations.tables import metadata

VERSIONS = Path(running.__file__).parent / "versions"


def test_there_is_one_head_and_the_names_are_numbered_without_gaps():
    script = ScriptDirectory.from_config(running.settings_for("postgresql://x"))
    assert len(script.get_heads()) == 1
    numbers = sorted(path.name[:4] for path in VERSIONS.glob("[0-9]*.py"))
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    for path in VERSIONS.glob("[0-9]*.py"):
        assert re.search(rf'revision = "{path.name[:4]}"', path.read_text())


def test_up_down_and_up_again_ends_where_the_models_are(database_url):
    running.downgrade(database_url, "base")
    engine = create_engine(database_url)
    with engine.connect() as connection:
        left = connection.execute(
            text(
                "SELECT relname FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace"
                " WHERE nspname = 'public' AND relkind IN ('r', 'S')"
                " AND relname <> 'alembic_version'"
            )
        ).all()
        functions = connection.execute(
            text(
                "SELECT proname FROM pg_proc JOIN pg_namespace n ON n.oid = pronamespace"
                " WHERE nspname = 'public'"
            )
        ).all()
    assert left == []
    assert functions == []
    running.upgrade(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_each_step_down_can_be_taken_up_again(database_url):
    script = ScriptDirectory.from_config(running.settings_for(database_url))
    revisions = [step.revision for step in script.walk_revisions()]
    for revision in revisions:
        running.downgrade(
            database_url, f"{revision}-1" if revision != "0001" else "base"
        )
        running.upgrade(database_url, revision)
        running.downgrade(
            database_url, f"{revision}-1" if revision != "0001" else "base"
        )
    running.upgrade(database_url)
